# frozen_string_literal: true

Events::Inbox.notified(user_id: 1, title: "x", level: "loud")
Events::Inbox.notified(user_id: 1)
Events::Thing.updated(user_id: "1", contents: "x")
Events::Thing.updated(user_id: 1, contents: "x", more: 1)
Events::Thing.with(commit: :soon)
Events::Thing.updated(user_id: 1, contents: "x").upcase
