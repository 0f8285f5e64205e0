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
