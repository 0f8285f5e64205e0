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

  # As a block does that goes on after its own rescue.
  def rescuing
    yield
  rescue Signalbox::ContractError
    nil
  end

  def test_nothing_of_it_where_the_block_rescues_the_violation
    Signalbox.configure { |c| c.logger = Logger.new(@log = StringIO.new) }
    [
      -> { Events::Thing.updated(user_id: "x", contents: "secret") },
      -> { Events::Thing.updated!(user_id: "x", contents: "secret") },
      -> { Events.publish("thng", {}) },
      -> { Events.publish("thing", :created, {}) }
    ].each do |broken|
      @log.truncate(@log.rewind)
      ids = Events.batch {
        Events::Thing.updated(user_id: 1, contents: "x")
        rescuing(&broken)
        Events::Thing.updated(user_id: 2, contents: "x")
      }
      assert_nil ids
      assert_match(/\[Signalbox\] a batch was not sent, as a message of it breaks the contract: .+\n\z/, @log.string)
      assert_equal 1, @log.string.lines.size
      refute_includes @log.string, "secret"
    end
    assert_empty @sent
  end

  def test_the_twin_raises_again_what_the_block_rescues
    rescued = nil
    error = assert_raises(Signalbox::ContractViolation) {
      Events.batch! {
        Events::Thing.updated(user_id: 1, contents: "x")
        rescued = assert_raises(Signalbox::ContractViolation) { Events::Thing.updated(user_id: "x", contents: "x") }
      }
    }
    assert_same rescued, error
    assert_includes error.backtrace.join, __method__.to_s
    assert_empty @sent
  end

  def test_nothing_of_it_where_an_inner_one_breaks_the_contract
    Signalbox.configure { |c| c.logger = Logger.new(@log = StringIO.new) }
    ids = Events.batch {
      Events::Thing.updated(user_id: 1, contents: "x")
      rescuing { Events.batch { Events::Thing.updated(user_id: "x", contents: "x") } }
      rescuing { Events.batch! { rescuing { Events::Thing.updated(user_id: "x", contents: "x") } } }
      Events::Thing.updated(user_id: 2, contents: "x")
    }
    assert_nil ids
    assert_empty @sent
    assert_equal 1, @log.string.lines.size
  end

  def test_nothing_of_an_inner_one_whose_block_raises
    Events.batch {
      Events::Thing.updated(user_id: 1, contents: "x")
      assert_raises(KeyError) {
        Events.batch {
          Events::Thing.updated(user_id: 2, contents: "x")
          raise KeyError
        }
      }
      Events::Thing.updated(user_id: 3, contents: "x")
    }
    assert_equal [ 1, 3 ], sent_payloads.map { |d| d.fetch("user_id") }
  end

  def test_nothing_of_it_where_the_block_is_left_early
    Events.batch {
      Events::Thing.updated(user_id: 1, contents: "x")
      break
    }
    assert_empty @sent
    assert Events::Thing.updated(user_id: 2, contents: "x")
    assert_equal 1, @sent.size
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
    outer = []
    ids = Events.batch {
      outer << Events::Thing.updated(user_id: 1, contents: "x")
      inner = Events.batch { Events::Thing.updated(user_id: 2, contents: "x") }
      outer.concat(inner)
      assert_equal 1, inner.size
      outer << Events::Thing.updated(user_id: 3, contents: "x")
      assert_empty @sent
    }
    assert_equal outer, ids
    assert_equal [ 1, 2, 3 ], sent_payloads.map { |d| d.fetch("user_id") }
  end

  def test_other_threads_have_their_own
    Events.batch {
      Thread.new { Events::Thing.updated(user_id: 1, contents: "x") }.join
      assert_equal 1, @sent.size
    }
  end

  def test_other_fibers_have_their_own
    Events.batch {
      users = Enumerator.new { |found| found << Events::Thing.updated(user_id: 1, contents: "x") }
      users.next
      assert_equal 1, @sent.size
    }
  end

  def test_empty
    assert_equal [], Events.batch { nil }
  end
end
