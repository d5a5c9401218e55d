"""Configuration files as people keep them, by what is special about each."""

OTHER = '{"type": "command", "command": "notify.sh"}'
FILES = {
    "two spaces": '{\n  "model": "x",\n  "hooks": {\n    "Stop": [\n      {\n        "hooks": [\n          ' + OTHER + "\n        ]\n      }\n    ]\n  }\n}\n",
    "four spaces": '{\n    "env": {\n        "KEY": "value"\n    },\n    "permissions": {"allow": ["Bash(ls:*)"]}\n}\n',
    "tabs": '{\n\t"model": "x",\n\t"hooks": {\n\t\t"PreToolUse": []\n\t}\n}\n',
    "crlf": '{\r\n  "model": "x",\r\n  "hooks": {\r\n    "Stop": [{"hooks": [' + OTHER + "]}]\r\n  }\r\n}\r\n",
    "byte order mark": '\ufeff{\n  "model": "x"\n}\n',
    "minified": '{"model":"x","hooks":{"Stop":[{"hooks":[' + OTHER.replace(" ", "") + ']}]},"z":[1,2]}',
    "comments": '// mine\n{\n  // the model\n  "model": "x", // good\n  /* hooks\n     follow */\n  "hooks": {\n    "Stop": [\n      {"hooks": [' + OTHER
                + ']} // the bell\n      // more to come\n    ]\n  } // end of hooks\n}\n// last\n',
    "trailing commas": '{\n  "model": "x",\n  "hooks": {\n    "Stop": [\n      {"hooks": [' + OTHER + ",]},\n    ],\n  },\n}\n",
    "other tools in the same events": '{\n  "hooks": {\n' + ",\n".join(
        f'    "{event}": [\n      {{"matcher": "*", "hooks": [{OTHER}, {OTHER}]}},\n      {{"hooks": [{OTHER}]}}\n    ]'
        for event in ("SessionStart", "UserPromptSubmit", "Stop", "SessionEnd")) + "\n  }\n}\n",
    "unknown keys": '{\n  "$schema": "https://example.com/s.json",\n  "z": {"hooks": {"Stop": [1]}},\n  "hooks": {"OtherEvent": [{"a": 1}], "Stop": [17]}\n}\n',
    "empty file": "",
    "empty object": "{}",
    "blanks": " \n",
    "blank object": "{\n\n}\n",
    "empty hooks": '{"hooks": {}}\n',
    "empty lists": '{\n  "hooks": {\n    "Stop": [],\n    "SessionStart": [ ]\n  }\n}',
    "only a comment": "// nothing yet",
    "strange layout": '{"a":1\n  ,"b" :[ ]\n   , "hooks"\n:{ "Stop" : [ {"hooks":[\n' + OTHER + "]}\n]}\n  }",
    "keys twice": '{"hooks": {"Stop": [{"hooks": [' + OTHER + ']}]}, "hooks": {"Stop": []}}',
    "unicode": '{\n  "name": "Jürgen 日本 \\ud83d\\ude00 \u2028"\n}\n',
}
BROKEN = {"cut": '{"model": "x"', "no quotes": "{model: 1}", "text": "hello", "two documents": "{}{}", "a list": "[]", "hooks as a list": '{"hooks": []}',
          "an event as an object": '{"hooks": {"Stop": {}}}', "hooks as null": '{"hooks": null}'}
