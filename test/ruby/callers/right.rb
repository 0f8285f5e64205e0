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
Events.publish!("room", :typing, room_id: 1, author: "Ada").upcase
Events.publish_later("thing", user_id: 1, contents: "x")&.upcase
Events.publish_later!("thing", user_id: 1, contents: "x").upcase
Events.with(commit: :now).batch { Events::Thing.updated(user_id: 1, contents: "x") }
Events.batch! { Events::Time.ticked!(5) }.first
Events.batch { Events::Time.ticked(5) }&.size
Events::Room.message_posted(room_id: 1, **Events.example("room", :message_posted, body: "hi"))
Events::Thing.updated(**Events.example("thing", user_id: 7))
Events::Map.name_event(kind: "city", slug: "x", **Events.example(:map, "name"))
Events::Time.ticked(Events.example("time", :ticked))
Events.publish("thing", Events.example("thing"))
Events.publish("room", :typing, Events.example("room", %i[typing].first), room_id: 1)

Signalbox.configure do |c|
  c.prefix = "app:"
  c.redis = ->(channel, text) { channel.size + text.size }
  c.transport = :http
  c.violations = :report
  c.reporter = ->(error, context) { warn "#{error.message} #{context[:channel]}" }
  c.timeout = 1
  c.url = c.gateway_url = nil
  c.page_user = ->(request) { request.session[:member_id] }
end
Signalbox.connect_sources.join(" ")

# A transport of an application's own.
class Collector
  def deliver(messages)
    messages.each { |message| warn "#{message.event} #{message.channel} #{message.id} #{message.bytes}" }
  end
end
Signalbox.configure { |c| c.transport = Collector.new }

begin
  Events::Room.typing!(room_id: 1, author: "")
rescue Signalbox::ContractViolation => e
  warn "#{e.channel} #{e.event}"
  e.issues.each { |issue| warn "#{issue.path.join(".")} #{issue.code} #{issue.message} #{issue.given}" }
rescue Signalbox::UnknownChannel, Signalbox::UnknownEvent, Signalbox::DeliveryError => e
  warn e.message
end

# A model, as ActiveRecord extends it.
class Note
  broadcasts_event :updated, on: :create, to: "thing"
  broadcasts_event :typing, on: %i[update touch], to: :room, payload: ->(note) { { author: note.author } }, if: :saved_change_to_author?
  broadcasts_event :typing, to: ->(note) { [ "room", { room_id: note.room_id } ] }, payload: :typist
end

# A test, and a view.
class NoteTest
  def run
    assert_event_published("room", :typing, room_id: 1, author: /Ada/, times: 2) { Events::Time.ticked(1) }
    assert_event_published("time", :ticked, 1..5) { Events::Time.ticked(1) }
    assert_no_events_published { Events::Time.ticked(1) }
    capture_events(:time) { Events::Time.ticked(1) }.map(&:payload)
    wait_for_signalbox("room", room_id: 1)
    signalbox_meta_tags(url: "/realtime").length
  end
end
