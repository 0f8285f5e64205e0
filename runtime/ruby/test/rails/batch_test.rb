# frozen_string_literal: true

require_relative "../support/rails_app"

# A batch and the database: real transactions, and what each of them has to say about a message.
class BatchInRailsTest < Minitest::Test
  include ActiveJob::TestHelper

  def setup
    super
    @trips = []
    trips = @trips
    transport = Object.new
    transport.define_singleton_method(:deliver) do |messages|
      raise IOError, "the cable is cut" if messages.any? { |message| message.channel == "room:13" }

      trips << messages.map(&:channel)
      nil
    end
    @reports = []
    reports = @reports
    Signalbox.configure do |c|
      c.transport = transport
      c.reporter = ->(error, context) { reports << [ error, context ] }
    end
  end

  def teardown
    clear_enqueued_jobs
    Signalbox.configure { |c| c.transport = c.reporter = nil }
    super
  end

  # Publishes while it is saved, and rolls its own save back where it is told to.
  class Regretful < ApplicationRecord
    self.table_name = "rooms"

    broadcasts_event :typing, on: :create, to: [ "room", { room_id: 9 } ], payload: ->(room) { { author: room.name } }
    after_save { raise ActiveRecord::Rollback if name == "regret" }
  end

  def publish(room_id, events = Events)
    events.publish("room", :typing, room_id: room_id, author: "Ada")
  end

  def rooms(*ids)
    ids.map { |id| "room:#{id}" }
  end

  def rolled_back(base = ApplicationRecord, **options)
    base.transaction(**options) do
      yield
      raise ActiveRecord::Rollback
    end
  end

  def test_a_transaction_in_it_that_is_rolled_back
    Events.batch do
      publish(1)
      rolled_back { publish(2) }
      publish(3)
    end
    assert_equal [ rooms(1, 3) ], @trips
  end

  def test_nothing_but_what_was_rolled_back
    Events.batch { rolled_back { publish(1) } }
    assert_empty @trips
  end

  def test_a_savepoint_in_it_that_is_rolled_back
    Events.batch do
      ApplicationRecord.transaction do
        Room.create!(name: "x")
        publish(1)
        rolled_back(requires_new: true) { publish(2) }
        ApplicationRecord.transaction(requires_new: true) { publish(3) }
      end
    end
    assert_equal [ rooms(1, 3) ], @trips
  end

  def test_a_record_whose_own_save_is_rolled_back
    Events.batch do
      publish(1)
      refute_predicate Regretful.create(name: "regret"), :persisted?
      assert_predicate Regretful.create(name: "Ada"), :persisted?
    end
    assert_equal [ rooms(1, 9) ], @trips
  end

  def test_what_commits_in_it_goes_at_its_end
    Events.batch do
      ApplicationRecord.transaction { publish(1) }
      publish(2)
      assert_empty @trips
    end
    assert_equal [ rooms(1, 2) ], @trips
  end

  def test_the_transaction_around_it
    ApplicationRecord.transaction do
      Events.batch do
        publish(1)
        rolled_back(requires_new: true) { publish(2) }
        ApplicationRecord.transaction(requires_new: true) { publish(3) }
      end
      assert_empty @trips
    end
    assert_equal [ rooms(1, 3) ], @trips
  end

  def test_the_transaction_around_it_that_is_rolled_back
    rolled_back { Events.batch { publish(1) } }
    ApplicationRecord.transaction do
      rolled_back(requires_new: true) { Events.batch { publish(2) } }
      ApplicationRecord.transaction(requires_new: true) { Events.batch { publish(3) } }
    end
    assert_equal [ rooms(3) ], @trips
  end

  def test_one_that_does_not_wait_in_a_transaction_around_it
    ApplicationRecord.transaction do
      Events.batch do
        publish(1)
        publish(2, Events.with(commit: :now))
      end
      assert_equal [ rooms(2) ], @trips
    end
    assert_equal [ rooms(2), rooms(1) ], @trips
  end

  def test_two_databases
    OtherRecord.transaction do
      Events.batch do
        ApplicationRecord.transaction { publish(1) }
        rolled_back { publish(2) }
        publish(3)
      end
      assert_empty @trips
    end
    assert_equal [ rooms(1, 3) ], @trips
  end

  def test_two_databases_around_it
    ApplicationRecord.transaction do
      OtherRecord.transaction do
        Events.batch { 2.times { |n| publish(n + 1) } }
      end
      assert_empty @trips
    end
    rolled_back { OtherRecord.transaction { Events.batch { publish(3) } } }
    ApplicationRecord.transaction { rolled_back(OtherRecord) { Events.batch { publish(4) } } }
    assert_equal [ rooms(1, 2) ], @trips
  end

  def test_order
    ApplicationRecord.transaction do
      Events.batch do
        publish(1)
        ApplicationRecord.transaction(requires_new: true) { publish(2) }
        OtherRecord.transaction { publish(3) }
        Events.batch { publish(4) }
        publish(5)
      end
    end
    assert_equal [ rooms(1, 2, 3, 4, 5) ], @trips
  end

  def test_ids_are_those_of_all_that_it_published
    ids = []
    assert_equal ids, Events.batch {
      ids << publish(1)
      rolled_back { ids << publish(2) }
    }
    assert_equal 2, ids.compact.size
  end

  def test_a_delivery_that_fails_after_the_commit_is_reported
    ApplicationRecord.transaction { assert_equal 2, Events.batch! { [ 1, 13 ].each { |id| publish(id) } }.size }
    error, context = @reports.fetch(0)
    assert_instance_of Signalbox::DeliveryError, error
    assert_equal rooms(1, 13), context.fetch(:channel)
    assert_raises(Signalbox::DeliveryError) { Events.batch! { publish(13) } }
  end

  def test_a_job_for_the_messages_of_an_inner_one
    assert_enqueued_jobs(1, only: Signalbox::PublishJob) do
      Events.batch do
        publish(1)
        Events.with(later: true).batch { publish(2) }
      end
    end
    assert_equal [ rooms(1) ], @trips
  end

  def test_a_job_is_enqueued_after_the_commit_in_it
    assert_no_enqueued_jobs { Events.with(later: true).batch { rolled_back { publish(1) } } }
    ApplicationRecord.transaction do
      Events.with(later: true).batch { publish(1) }
      assert_no_enqueued_jobs
    end
    assert_enqueued_jobs 1
    assert_empty @trips
  end

  def test_an_inner_one_that_does_not_wait
    ApplicationRecord.transaction do
      Events.batch do
        publish(1)
        Events.with(commit: :now).batch { publish(2) }
        publish(3)
      end
      assert_equal [ rooms(2) ], @trips
    end
    assert_equal [ rooms(2), rooms(1, 3) ], @trips
  end

  def test_an_inner_one_has_the_options_of_the_outer_unless_it_has_its_own
    ApplicationRecord.transaction do
      Events.with(commit: :now).batch do
        Events.batch { publish(1) }
        Events.with(commit: :after).batch { publish(2) }
      end
      assert_equal [ rooms(1) ], @trips
    end
    assert_equal [ rooms(1), rooms(2) ], @trips
  end
end
