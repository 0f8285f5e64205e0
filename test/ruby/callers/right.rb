# frozen_string_literal: true

id = Events::Room.message_posted(room_id: 1, id: "1", author: "Ada", body: "hi", posted_at: Time.now)
id&.upcase
Events::Room.message_posted!(room_id: "1", id: "1", author: :ada, body: "hi", posted_at: "2026-01-01T00:00:00Z").upcase
Events::Room.with(commit: :now).typing(room_id: 1, author: "Ada")
Events::Room.with(later: { queue: :low }).typing!(room_id: 1, author: "Ada").upcase
Events::Inbox.notified(user_id: 1, title: "x", level: "info")
Events::Time.ticked(5)
Events::Map.moved([ 1.5, 2 ], kind: :city, slug: "x")
Events::Map.name_event(kind: "city", slug: "x", class: "A", if: 1)
Events.publish "thing", { user_id: 1, contents: "x" }
Events.with(commit: :now).batch { Events::Thing.updated(user_id: 1, contents: "x") }
