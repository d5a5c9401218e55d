// passdown for OpenCode: each session is briefed and captured. It starts the installed launcher and hands it what a hook gets; it never fails and
// never waits longer than 1.5 s. https://opencode.ai/docs/plugins, API of @opencode-ai/plugin 1.18, seen 2026-11.
import { spawn } from "node:child_process"

const LAUNCHER = {launcher}
const PATIENCE_MS = 1500
const KEPT = 200 // sessions whose briefing is remembered

/** Runs one hook; the text that it answers with, "" for none. */
function hook(event, fields) {
  return new Promise((resolve) => {
    let out = ""
    try {
      const child = spawn(LAUNCHER, ["hook", "opencode"], { stdio: ["pipe", "pipe", "ignore"], windowsHide: true, shell: LAUNCHER.endsWith(".cmd") })
      const timer = setTimeout(() => { child.kill(); resolve("") }, PATIENCE_MS)
      child.on("error", () => { clearTimeout(timer); resolve("") })
      child.stdout.on("data", (data) => { out += data })
      child.on("close", () => {
        clearTimeout(timer)
        try { resolve(JSON.parse(out).context || "") } catch { resolve("") }
      })
      child.stdin.on("error", () => {})
      child.stdin.end(JSON.stringify({ hook_event_name: event, ...fields }))
    } catch { resolve("") }
  })
}

export const Passdown = async ({ directory, worktree }) => {
  const cwd = directory || worktree || process.cwd()
  const briefings = new Map() // session id -> promise of its briefing
  const topics = new Map() // session id -> what the last prompt opened
  const children = new Set() // sessions of sub-agents: their parent was briefed

  function briefing(id, source) {
    if (!briefings.has(id)) {
      briefings.set(id, hook("SessionStart", { session_id: id, cwd, source }))
      if (briefings.size > KEPT) briefings.delete(briefings.keys().next().value)
    }
    return briefings.get(id)
  }

  return {
    event: async ({ event }) => {
      const given = event.properties || {}
      const id = given.sessionID || (given.info && given.info.id)
      if (!id) return
      if (event.type === "session.created") {
        if (given.info && given.info.parentID) children.add(id)
        else briefing(id, "startup")
      } else if (event.type === "session.idle") await hook("Stop", { session_id: id, cwd, turn_id: String(Date.now()) })
      else if (event.type === "session.compacted") {
        briefings.delete(id)
        briefing(id, "compact")
      } else if (event.type === "session.deleted") {
        for (const kept of [briefings, topics, children]) kept.delete(id)
      }
    },
    "chat.message": async (input, output) => {
      if (children.has(input.sessionID)) return
      const prompt = (output.parts || []).filter((part) => part.type === "text" && !part.synthetic).map((part) => part.text).join("\n")
      topics.set(input.sessionID, await hook("UserPromptSubmit", { session_id: input.sessionID, cwd, prompt, turn_id: input.messageID || "" }))
    },
    "experimental.chat.system.transform": async (input, output) => {
      const id = input.sessionID
      if (!id || children.has(id)) return
      for (const text of [await briefing(id, "startup"), topics.get(id)]) if (text) output.system.push(text)
    },
    "experimental.session.compacting": async (input, output) => {
      await hook("PreCompact", { session_id: input.sessionID, cwd })
      const text = await briefing(input.sessionID, "startup")
      if (text && output.context) output.context.push(text)
    },
  }
}
