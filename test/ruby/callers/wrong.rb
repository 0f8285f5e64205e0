# frozen_string_literal: true

Events::Inbox.notified(user_id: 1, title: "x", level: "loud")
Events::Inbox.notified(user_id: 1)
Events::Thing.updated(user_id: "1", contents: "x")
Events::Thing.updated(user_id: 1, contents: "x", more: 1)
Events::Thing.with(commit: :soon)
Events::Thing.updated(user_id: 1, contents: "x").upcase
Events.publish_later("thing", user_id: 1, contents: "x").upcase
Signalbox.configure { |c| c.violations = :ignore }
Signalbox.configure { |c| c.transport = :reddis }
Signalbox.configure { |c| c.reddis = nil }
Events::Room.with(later: { queue: :low }).typing(room_id: 1)
Events.publish("room", :typing, { author: "Ada" }, "more", room_id: 1)
Events.publish!("room", :typing, { author: "Ada" }, "more", room_id: 1)
Events.publish_later("room", :typing, { author: "Ada" }, "more", room_id: 1)
Events.publish_later!("room", :typing, { author: "Ada" }, "more", room_id: 1)
Events::Room.typing(room_id: 1, **Events.example("room", :message_posted))
Events::Room.message_posted(**Events.example("room", :message_posted))
