# frozen_string_literal: true

require_relative "support/runtime"

class BatchTest < Minitest::Test
  include RuntimeTest

  def test_sent_at_the_end_in_order
    ids = Events.batch {
      Events::Thing.updated(user_id: 1, contents: "x")
      Events::Room.typing(room_id: 1, author: "Ada")
      assert_empty @sent
    }

    assert_equal %w[thing room:1], @sent.map(&:first)
    assert_equal ids, @sent.map { |_, envelope| envelope.fetch("i") }
  end

  def test_in_one_round_trip
    trips = []
    transport = Object.new
    transport.define_singleton_method(:deliver) { |messages| trips << messages.size && nil }
    Signalbox.configure { |c| c.transport = transport }

    Events.batch { 3.times { |n| Events::Thing.updated(user_id: n, contents: "x") } }
    assert_equal [ 3 ], trips
  end

  def test_nothing_of_it_where_one_is_invalid
    assert_raises(Signalbox::ContractViolation) {
      Events.batch {
        Events::Thing.updated(user_id: 1, contents: "x")
        Events::Thing.updated(user_id: "x", contents: "x")
      }
    }
    assert_empty @sent
    Events::Thing.updated(user_id: 2, contents: "x")
    assert_equal [ 2 ], sent_payloads.map { |d| d.fetch("user_id") }
  end

  def test_nothing_of_it_where_one_is_invalid_and_reported
    reports = []
    Signalbox.configure do |c|
      c.violations = :report
      c.reporter = ->(error, _context) { reports << error.class }
      c.logger = Logger.new(IO::NULL)
    end
    reached = false
    ids = Events.batch {
      Events::Thing.updated(user_id: 1, contents: "x")
      Events::Thing.updated(user_id: "x", contents: "x")
      reached = true
    }

    assert_nil ids
    assert reached
    assert_empty @sent
    assert_equal [ Signalbox::ContractViolation ], reports
    assert_raises(Signalbox::ContractViolation) { Events.batch! { Events::Thing.updated(user_id: "x", contents: "x") } }
  end

  def test_nothing_of_it_where_the_block_raises
    assert_raises(KeyError) {
      Events.batch {
        Events::Thing.updated(user_id: 1, contents: "x")
        raise KeyError
      }
    }
    assert_empty @sent
  end

  def test_one_in_another_is_part_of_it
    Events.batch {
      Events.batch { Events::Thing.updated(user_id: 1, contents: "x") }
      assert_empty @sent
    }
    assert_equal 1, @sent.size
  end

  def test_other_threads_have_their_own
    Events.batch {
      Thread.new { Events::Thing.updated(user_id: 1, contents: "x") }.join
      assert_equal 1, @sent.size
    }
  end

  def test_empty
    assert_equal [], Events.batch { nil }
  end
end
