"""Rows of Codex rollouts: their shapes, and what is said of the types that give no event of their own.

Source: rollouts of versions 0.118 to 0.126 and the row types of 0.169, seen 2026-11.
"""

from collections.abc import Mapping
from typing import Any

import msgspec

REQUEST = "## My request for Codex:"  # IDE prompts: the editor's context stands before it
INJECTED = (
    "<environment_context>", "# AGENTS.md instructions", "<user_instructions>", "<turn_aborted>", "<user_shell_command>", "<subagent_notification>",
    "<skill>", "<recommended_plugins>", "<user_action>", "<hook_context>", "<collaboration_mode>", "<permissions instructions>")

BARE = frozenset(("message", "reasoning", "function_call", "function_call_output", "local_shell_call", "custom_tool_call", "custom_tool_call_output"))
QUIET: Mapping[str, str] = {
    "developer": "instructions", "system": "instructions", "world_state": "instructions", "dynamic_tools_updated": "instructions",
    "additional_tools": "instructions", "environment_context": "instructions",
    **dict.fromkeys((
        "exec_command_begin", "exec_command_output_delta", "mcp_tool_call_begin", "patch_apply_begin", "web_search_begin", "background_event",
        "image_generation_begin", "terminal_interaction", "item_started", "patch_apply_updated", "hook_started", "collab_agent_spawn_begin",
        "collab_agent_interaction_begin", "collab_waiting_begin", "collab_close_begin", "collab_resume_begin", "dynamic_tool_call_request",
        "mcp_startup_update", "model_verification", "agent_message_delta", "agent_message_content_delta", "agent_reasoning_delta"), "progress"),
    **dict.fromkeys((
        "patch_apply_end", "mcp_tool_call_end", "web_search_end", "view_image_tool_call", "plan_update", "context_compacted", "image_generation_end",
        "dynamic_tool_call_response", "collab_agent_spawn_end", "collab_agent_interaction_end", "collab_waiting_end", "collab_close_end",
        "collab_resume_end", "sub_agent_activity", "raw_response_item"), "repeat"),
    **dict.fromkeys(("turn_diff", "ghost_snapshot"), "snapshot"),
    **dict.fromkeys((
        "task_started", "turn_started", "task_complete", "turn_complete", "agent_reasoning_section_break", "session_configured", "shutdown_complete",
        "exec_approval_request", "apply_patch_approval_request", "elicitation_request", "request_user_input", "request_permissions", "guardian_assessment",
        "thread_goal_updated", "thread_settings_applied", "mcp_startup_complete", "deprecation_notice", "model_reroute", "skills_update_available",
        "hook_completed", "token_usage_record", "retained_context", "realtime_item", "security_risk_score", "undo_started", "state", "compaction",
        "compaction_summary", "context_compaction", "compaction_trigger", "tool_search_output", "inter_agent_communication_metadata", "entered_review_mode",
        "realtime_conversation_started", "realtime_conversation_realtime", "realtime_conversation_closed", "turn_moderation_metadata"), "bookkeeping"),
}
TOLD: Mapping[str, str] = {"error": "api-error", "stream_error": "api-error", "warning": "host", "guardian_warning": "host", "undo_completed": "undo",
                           "exited_review_mode": "review", "inter_agent_communication": "subagent"}


class Payload(msgspec.Struct):
    """What is read of a payload: fields of every type together. What the vendor may give another shape is `Any`; what is large and rarely
    needed stays raw.
    """

    type: Any = ""
    role: Any = ""
    id: Any = ""
    cwd: Any = ""
    model: Any = ""
    cli_version: Any = ""
    source: Any = None
    forked_from_id: Any = ""
    parent_thread_id: Any = ""
    agent_role: Any = ""
    agent_nickname: Any = ""
    git: Any = None
    message: Any = None
    text: Any = None
    content: Any = None
    summary: Any = None
    images: Any = None
    local_images: Any = None
    item: Any = None
    name: Any = ""
    call_id: Any = ""
    arguments: Any = None
    input: Any = None
    action: Any = None
    output: Any = None
    exit_code: Any = None
    aggregated_output: msgspec.Raw = msgspec.Raw(b'""')
    review_output: Any = None
    reason: Any = ""
    thread_name: Any = ""
    num_turns: Any = 0
    info: Any = None


class Row(msgspec.Struct):
    timestamp: Any = ""
    type: Any = ""
    record_type: Any = ""
    payload: Payload | None = None
    id: Any = None


ROW = msgspec.json.Decoder(Row).decode
BARE_PAYLOAD = msgspec.json.Decoder(Payload).decode
LOOSE = msgspec.json.Decoder().decode

__all__ = ["BARE", "BARE_PAYLOAD", "INJECTED", "LOOSE", "QUIET", "REQUEST", "ROW", "TOLD", "Payload", "Row"]
