# frozen_string_literal: true

require_relative "../support/rails_app"

class IntegrationTest < ActiveSupport::TestCase
  include ActiveJob::TestHelper
  include Signalbox::TestHelper

  # Rails 7.2 leaves them to the next test, whose failures would tell of them.
  teardown { clear_enqueued_jobs }

  def publish(contents = "x")
    Events::Thing.updated(user_id: 1, contents: contents)
  end

  test "meta tags for the page" do
    Signalbox.configure { |c| c.gateway_url = nil }
    view = ActionController::Base.new.view_context
    assert_equal %(<meta name="signalbox-contract" content="#{Events::FINGERPRINT}">), view.signalbox_meta_tags

    Signalbox.configure { |c| c.gateway_url = "wss://example.org/realtime?a=1&b=2" }
    assert_equal <<~HTML.chomp, view.signalbox_meta_tags
      <meta name="signalbox-url" content="wss://example.org/realtime?a=1&amp;b=2">
      <meta name="signalbox-contract" content="#{Events::FINGERPRINT}">
    HTML
  ensure
    Signalbox.configure { |c| c.gateway_url = nil }
  end

  test "publish_later is validated now and sent by a job" do
    assert_raises(Signalbox::ContractViolation) { Events.publish_later("thing", user_id: "x", contents: "x") }

    id = nil
    assert_enqueued_with(job: Signalbox::PublishJob) {
      assert_no_events_published { id = Events.publish_later("thing", user_id: 1, contents: "x") }
    }
    message = assert_event_published("thing", user_id: 1) { perform_enqueued_jobs }
    assert_equal id, message.id
    assert_equal id, JSON.parse(message.text).fetch("i")
  end

  test "settings of the job" do
    assert_enqueued_with(job: Signalbox::PublishJob, queue: "low") {
      Events::Thing.with(later: { queue: :low, wait: 60 }).updated(user_id: 1, contents: "x")
    }
    assert_in_delta 60, enqueued_jobs.last.fetch(:at) - Time.now.to_f, 30
  end

  test "publish_later waits for the transaction" do
    assert_no_enqueued_jobs {
      ApplicationRecord.transaction(joinable: true, requires_new: true) do
        Events.publish_later("thing", user_id: 1, contents: "x")
        raise ActiveRecord::Rollback
      end
    }
  end

  test "the job tries again where the broker is away" do
    calls = 0
    Signalbox.configure { |c|
      c.transport = Class.new {
        define_method(:deliver) { |_messages| (calls += 1) < 3 ? raise(IOError, "the cable is cut") : nil }
      }.new
    }
    Signalbox::PublishJob.perform_later("thing", "updated", "1", '{"d":{}}')
    perform_enqueued_jobs(only: Signalbox::PublishJob) until enqueued_jobs.empty?
    assert_equal 3, calls
  ensure
    Signalbox.configure { |c| c.transport = nil }
  end

  test "and gives up after five times, for the queue to show" do
    calls = 0
    Signalbox.configure { |c| c.redis = ->(*) { (calls += 1) && raise(IOError, "the cable is cut") } }
    Events.publish_later("thing", user_id: 1, contents: "x")
    error = assert_raises(Signalbox::DeliveryError) {
      perform_enqueued_jobs(only: Signalbox::PublishJob) until enqueued_jobs.empty?
    }
    assert_equal 5, calls
    assert_instance_of IOError, error.cause
  ensure
    Signalbox.configure { |c| c.redis = nil }
  end

  test "a record gives its to_param" do
    room = Room.create!(name: "x")
    Events::Room.typing(room_id: room, author: "Ada")
    assert_event_published("room", :typing, room_id: room)
    assert_event_published("room:#{room.id}")
  end

  test "a record shows methods of its model's own, and none of ActiveRecord's" do
    talking = Class.new(Room) { def author = "by #{name}" }
    message = assert_raises(Signalbox::ContractViolation) { Events.publish("room", :typing, Room.new(name: "x"), room_id: 1) }.message
    assert_includes message, "author: Invalid input: Room has no public method author"
    Events.publish("room", :typing, talking.new(name: "x"), room_id: 1)
    assert_event_published("room", :typing, room_id: 1, author: "by x")
  end

  test "an object that is a record shows only the fields of the contract" do
    room = Room.new(name: "x", password_digest: "digest")
    def room.author
      "Ada"
    end
    Events.publish("room", :typing, room, room_id: 1)
    assert_equal [ { "author" => "Ada" } ], capture_events("room", :typing) { Events.publish("room", :typing, room, room_id: 1) }.map(&:payload)
  end
end
