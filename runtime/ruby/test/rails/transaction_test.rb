# frozen_string_literal: true

require_relative "../support/rails_app"

# No transactional tests here: these are about real commits.
class TransactionTest < Minitest::Test
  def setup
    @sent = []
    sent = @sent
    Signalbox.configure do |c|
      c.transport = nil
      c.redis = lambda { |channel, _text|
        raise IOError, "the cable is cut" if channel == "room:13"

        sent << channel
        1
      }
      c.reporter = ->(error, context) { (@reports ||= []) << [ error, context ] }
    end
  end

  def teardown
    Signalbox.configure { |c| c.redis = c.reporter = nil }
  end

  # Runs a block after its commit, as models of applications do.
  class Hooked < ApplicationRecord
    self.table_name = "rooms"
    thread_cattr_accessor :hook
    after_commit { hook&.call }

    def self.with_hook(hook)
      self.hook = hook
      yield
    ensure
      self.hook = nil
    end
  end

  def publish(room_id = 1)
    Events::Room.typing(room_id: room_id, author: "Ada")
  end

  def test_at_once_where_no_transaction_is_open
    publish
    assert_equal [ "room:1" ], @sent
  end

  def test_after_commit
    ApplicationRecord.transaction do
      Room.create!(name: "x")
      assert_kind_of String, publish
      assert_empty @sent
    end
    assert_equal [ "room:1" ], @sent
  end

  def test_never_after_rollback
    ApplicationRecord.transaction do
      publish
      raise ActiveRecord::Rollback
    end
    assert_raises(KeyError) {
      ApplicationRecord.transaction do
        publish
        raise KeyError
      end
    }
    assert_empty @sent
  end

  def test_after_the_outermost_commit
    ApplicationRecord.transaction do
      ApplicationRecord.transaction(requires_new: true) { publish }
      assert_empty @sent
    end
    assert_equal [ "room:1" ], @sent
  end

  def test_transaction_in_a_transaction_joins_it
    ApplicationRecord.transaction do
      ApplicationRecord.transaction { publish }
      assert_empty @sent
      raise ActiveRecord::Rollback
    end
    assert_empty @sent
  end

  def test_savepoint_in_a_savepoint_that_is_rolled_back
    ApplicationRecord.transaction do
      ApplicationRecord.transaction(requires_new: true) do
        Room.create!(name: "x")
        ApplicationRecord.transaction(requires_new: true) { publish(1) }
        raise ActiveRecord::Rollback
      end
      publish(2)
    end
    assert_equal [ "room:2" ], @sent
  end

  def test_savepoint_that_is_rolled_back
    ApplicationRecord.transaction do
      ApplicationRecord.transaction(requires_new: true) do
        publish(1)
        raise ActiveRecord::Rollback
      end
      publish(2)
    end
    assert_equal [ "room:2" ], @sent
  end

  def test_all_databases
    ApplicationRecord.transaction do
      OtherRecord.transaction do
        publish
      end
      assert_empty @sent
    end
    assert_equal [ "room:1" ], @sent
  end

  def test_one_database_of_two_rolls_back
    OtherRecord.transaction do
      ApplicationRecord.transaction { publish }
      raise ActiveRecord::Rollback
    end
    assert_empty @sent
  end

  def test_other_database_that_commits_before_the_first_fails
    assert_raises(KeyError) {
      ApplicationRecord.transaction do
        OtherRecord.transaction { publish }
        raise KeyError
      end
    }
    assert_empty @sent
  end

  def test_other_database_that_rolls_back_alone
    ApplicationRecord.transaction do
      OtherRecord.transaction do
        publish(1)
        raise ActiveRecord::Rollback
      end
      publish(2)
    end
    assert_equal [ "room:2" ], @sent
  end

  def test_other_threads_have_their_own_transactions
    ApplicationRecord.transaction do
      publish(1)
      Thread.new { publish(2) }.join
      assert_equal [ "room:2" ], @sent
    end
    assert_equal %w[room:2 room:1], @sent
  end

  def test_in_a_callback_after_a_commit
    Hooked.with_hook(-> { publish }) { Hooked.create!(name: "x") }
    assert_equal [ "room:1" ], @sent
  end

  def test_in_a_transaction_of_a_callback_after_a_commit
    sent_within = nil
    hook = lambda {
      ApplicationRecord.transaction do
        publish
        sent_within = @sent.dup
      end
    }
    Hooked.with_hook(hook) { Hooked.create!(name: "x") }
    assert_empty sent_within
    assert_equal [ "room:1" ], @sent
  end

  def test_in_rails_own_hook
    return refute_respond_to(ActiveRecord, :after_all_transactions_commit) if ActiveRecord.version < Gem::Version.new("7.2")

    ApplicationRecord.transaction do
      ActiveRecord.after_all_transactions_commit { publish }
      assert_empty @sent
    end
    assert_equal [ "room:1" ], @sent
  end

  def test_now_does_not_wait
    ApplicationRecord.transaction do
      Events::Room.with(commit: :now).typing(room_id: 1, author: "Ada")
      assert_equal [ "room:1" ], @sent
    end
    assert_equal [ "room:1" ], @sent
  end

  def test_validated_and_encoded_at_call_time
    ApplicationRecord.transaction do
      assert_raises(Signalbox::ContractViolation) { Events::Room.typing(room_id: 1, author: "") }
      name = +"Ada"
      Events::Room.typing(room_id: 1, author: name)
      name.replace("x" * 1_000)
    end
    assert_equal [ "room:1" ], @sent
  end

  def test_a_failing_publish_skips_no_other_callback
    ApplicationRecord.transaction do
      publish(1)
      Events::Room.typing!(room_id: 13, author: "Ada")
      publish(2)
    end
    assert_equal %w[room:1 room:2], @sent
    assert_equal [ Signalbox::DeliveryError ], @reports.map { |error, _| error.class }
    assert_equal "room:13", @reports.first.last.fetch(:channel)
  end

  # Also where telling of it fails.
  def test_a_failing_report_skips_no_other_callback
    Signalbox.configure do |c|
      c.reporter = ->(*) { raise "no such project" }
      c.logger = Logger.new(log = StringIO.new)
      @log = log
    end
    ran = []
    Hooked.with_hook(-> { ran << :hook }) {
      ApplicationRecord.transaction do
        publish(13)
        Hooked.create!(name: "x")
        publish(2)
      end
    }
    assert_equal [ :hook ], ran
    assert_equal [ "room:2" ], @sent
    assert_includes @log.string, "the reporter raised RuntimeError: no such project"
  ensure
    Signalbox.configure { |c| c.logger = nil }
  end

  # Rails' own hook of 7.2 is skipped then, and what waits in it.
  def test_another_callback_that_raises
    Hooked.with_hook(-> { raise KeyError }) {
      assert_raises(KeyError) {
        ApplicationRecord.transaction do
          publish(1)
          Hooked.create!(name: "x")
          publish(2)
        end
      }
    }
    assert_equal ActiveRecord.respond_to?(:after_all_transactions_commit) ? [] : %w[room:1 room:2], @sent
    publish(3)
    assert_equal "room:3", @sent.last
  end

  def test_batch_waits_too
    ApplicationRecord.transaction do
      Events.batch do
        publish(1)
        publish(2)
      end
      assert_empty @sent
    end
    assert_equal %w[room:1 room:2], @sent
  end

  def test_order
    ApplicationRecord.transaction { 5.times { |n| publish(n + 1) } }
    assert_equal %w[room:1 room:2 room:3 room:4 room:5], @sent
  end
end
