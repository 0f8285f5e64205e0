# frozen_string_literal: true

require_relative "../support/rails_app"

# Code that is reloaded in development, by Rails' own reloader: `Events` is another module then, and nothing is lost.
class ReloadTest < ActiveSupport::TestCase
  setup do
    @sent = []
    sent = @sent
    Signalbox.configure do |c|
      c.redis = lambda { |channel, text|
        sent << [ channel, JSON.parse(text).dig("d", "user_id") ]
        1
      }
    end
    @module = Events.object_id
  end

  teardown do
    Signalbox.configure { |c| c.redis = nil }
    assert_not_equal @module, Events.object_id
  end

  def reload
    Rails.application.reloader.reload!
  end

  def publish(user_id)
    Events::Thing.updated(user_id: user_id, contents: "x")
  end

  test "the generated file is Zeitwerk's" do
    loader = Rails.autoloaders.main
    assert_equal "Events", loader.cpath_expected_at(File.join(GENERATED, "app/events.rb"))
    loader.eager_load(force: true)
    reload
  end

  test "the connection stays" do
    publish(1)
    transport = Signalbox.transport
    reload
    publish(2)
    assert_same transport, Signalbox.transport
    assert_equal [ [ "thing", 1 ], [ "thing", 2 ] ], @sent
  end

  test "what waits for a commit is sent" do
    ApplicationRecord.transaction do
      publish(1)
      reload
      assert_empty @sent
    end
    assert_equal [ [ "thing", 1 ] ], @sent
  end

  test "a batch goes on" do
    Events.batch do
      publish(1)
      reload
      publish(2)
    end
    assert_equal [ [ "thing", 1 ], [ "thing", 2 ] ], @sent
  end

  test "code that kept the old module still publishes" do
    kept = Events::Thing.with(commit: :now)
    old = Events
    reload
    kept.updated(user_id: 1, contents: "x")
    old.publish("thing", user_id: 2, contents: "x")
    assert_equal [ [ "thing", 1 ], [ "thing", 2 ] ], @sent
  end

  test "events of tests stay in their buffer" do
    Signalbox.configure { |c| c.redis = nil }
    Signalbox::Testing.buffer.clear
    publish(1)
    reload
    publish(2)
    assert_equal [ 1, 2 ], Signalbox::Testing.buffer.messages.map { |message| message.payload["user_id"] }
  end
end
