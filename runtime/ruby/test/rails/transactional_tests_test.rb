# frozen_string_literal: true

require_relative "../support/rails_app"
require "active_record/fixtures"

# Rails wraps each of these cases in transactions that never commit, on both databases. The application does not see them,
# and neither does a publish.
class TransactionalTestsTest < ActiveSupport::TestCase
  include ActiveRecord::TestFixtures
  include Signalbox::TestHelper

  self.use_transactional_tests = true

  def publish
    Events::Thing.updated(user_id: 1, contents: "x")
  end

  test "a publish in no transaction of the application's is sent at once" do
    [ ApplicationRecord, OtherRecord ].each { |base| assert_predicate base.connection, :transaction_open? }
    assert_event_published("thing") { publish }
  end

  test "one in a transaction waits for its end" do
    ApplicationRecord.transaction do
      assert_no_events_published { publish }
      assert Room.create!(name: "x")
    end
    assert_event_published("thing")
  end

  test "one in a transaction that is rolled back is not sent" do
    OtherRecord.transaction do
      publish
      raise ActiveRecord::Rollback
    end
    assert_no_events_published
  end

  test "a record's event is sent" do
    model = Class.new(ApplicationRecord) do
      self.table_name = "rooms"
      broadcasts_event :typing, on: :create, to: [ "room", { room_id: 1 } ], payload: ->(room) { { author: room.name } }
    end
    assert_event_published("room", :typing, author: "Ada") { model.create!(name: "Ada") }
  end
end
