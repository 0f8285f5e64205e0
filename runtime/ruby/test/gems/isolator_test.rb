# frozen_string_literal: true

require_relative "../support/rails_app"
require "isolator"

# The recipe of docs/ruby.md for teams that let isolator tell them of work inside a transaction.
class IsolatorTest < ActiveSupport::TestCase
  include Signalbox::TestHelper

  Isolator.isolate :signalbox, target: Signalbox::Delivery.singleton_class, method_name: :send_now
  Isolator.config.raise_exceptions = true
  # The other tests of this process mean what they do.
  Isolator.disable!

  setup { Isolator.enable! }
  teardown { Isolator.disable! }

  test "a publish waits for the transaction, and isolator has nothing to say" do
    ApplicationRecord.transaction do
      Room.create!(name: "x")
      Events::Thing.updated(user_id: 1, contents: "x")
    end
    assert_event_published("thing")
  end

  test "a batch waits, and one that does not is told" do
    ApplicationRecord.transaction do
      Room.create!(name: "x")
      Events.batch { Events::Thing.updated(user_id: 1, contents: "x") }
      assert_raises(Isolator::UnsafeOperationError) {
        Events.with(commit: :now).batch { Events::Thing.updated(user_id: 2, contents: "x") }
      }
    end
    assert_event_published("thing", user_id: 1)
    assert_equal 1, Signalbox::Testing.buffer.messages.size
  end

  test "one that does not wait is told" do
    ApplicationRecord.transaction do
      Room.create!(name: "x")
      assert_raises(Isolator::UnsafeOperationError) { Events::Thing.with(commit: :now).updated!(user_id: 1, contents: "x") }
    end
    assert_no_events_published
  end
end
