# frozen_string_literal: true

require_relative "../support/rails_app"
require "rspec/expectations"
require "rspec/mocks"

class RSpecMatchersTest < ActiveSupport::TestCase
  include RSpec::Matchers
  include Signalbox::RSpecMatchers

  RSpec::Matchers.define_negated_matcher :not_publish_event, :publish_event
  RSpec::Matchers.define_negated_matcher :not_eq, :eq

  def failure(&block)
    assert_raises(RSpec::Expectations::ExpectationNotMetError, &block).message
  end

  def publish
    Events::Room.typing(room_id: 1, author: "Ada")
  end

  test "passes" do
    assert_nothing_raised do
      expect { publish }.to publish_event
      expect { publish }.to publish_event("room", :typing).with(room_id: 1, author: "Ada").once
      expect { publish }.to publish_event("room", :typing).with(author: a_string_starting_with("A"))
      expect { 2.times { publish } }.to have_published_event("room:1").twice
      expect { 3.times { publish } }.to publish_event("room").at_least(2).times
      expect { publish }.not_to publish_event("thing")
      expect { nil }.not_to publish_event
    end
  end

  test "counts as rspec-rails' matchers do" do
    assert_nothing_raised do
      expect { publish }.to publish_event.at_least(:once)
      expect { 2.times { publish } }.to publish_event.at_least(:once).times
      expect { 3.times { publish } }.to publish_event.exactly(:thrice)
      expect { 3.times { publish } }.to publish_event.thrice
      expect { 2.times { publish } }.to publish_event.exactly(2).times
      expect { 2.times { publish } }.to publish_event.at_most(:twice)
      expect { nil }.to publish_event.at_most(1).times
      expect { nil }.to publish_event.exactly(0).times
    end
    {
      "expected at most one event to be published, but 2 were." => -> { expect { 2.times { publish } }.to publish_event.at_most(:once) },
      "expected at least 2 events to be published, but one was." => -> { expect { publish }.to publish_event.at_least(:twice) },
      "expected at least one event to be" => -> { expect { nil }.to publish_event.at_least(:once) },
      "expected 3 events to be published, but 2 were." => -> { expect { 2.times { publish } }.to publish_event.thrice }
    }.each { |text, expectation| assert_equal text, failure(&expectation)[0, text.size] }
    [ :many, -1, "2", nil, 1.5 ].each do |count|
      error = assert_raises(ArgumentError) { publish_event.at_most(count) }
      assert_equal "at_most takes :once, :twice, :thrice or a number, not #{count.inspect}", error.message
    end
  end

  test "a block looks at each message, wherever it stands" do
    [
      ->(look) { expect { 2.times { publish } }.to publish_event("room", &look).twice },
      ->(look) { expect { publish }.to publish_event("room").with(room_id: 1, &look) },
      ->(look) { expect { publish }.to publish_event("room").once(&look) },
      ->(look) { expect { publish }.to publish_event("room").exactly(1).times(&look) },
      ->(look) { expect { publish }.to(publish_event("room"), &look) }
    ].each do |expectation|
      seen = []
      expectation.call(->(message) { seen << message.payload })
      assert_equal [ { "author" => "Ada" } ], seen.uniq
      assert_includes failure { expectation.call(->(message) { expect(message.payload["author"]).to eq("Bob") }) }, '"Bob"'
    end
    error = assert_raises(ArgumentError) { expect { nil }.not_to publish_event("room") { |message| message } }
    assert_includes error.message, "it goes with `to`"
  end

  test "a number with not_to is that number" do
    assert_nothing_raised { expect { publish }.not_to publish_event("room").twice }
    assert_includes failure { expect { 2.times { publish } }.not_to publish_event("room").twice }, "expected 2 events on room not to be published, but 2 were"
    assert_includes failure { expect { publish }.not_to publish_event("room") }, "expected no event on room to be published, but one was"
  end

  test "a channel's parameter is asked for by matchers, as the contract declares it or as text" do
    [
      1, Integer, 1..3, /1/, a_kind_of(Integer), be_between(1, 3), a_value > 0, eq(1), eq("1"), match(/\A1/),
      a_string_starting_with("1"), a_string_including("1"), satisfy { |id| id > 0 }, not_eq(2), not_eq("2"), eq(2).or(eq(1))
    ].each do |value|
      assert_nothing_raised { expect { publish }.to publish_event("room", :typing).with(room_id: value) }
      failure { expect { publish }.not_to publish_event("room", :typing).with(room_id: value) }
    end
    [ 2..3, String, a_kind_of(String), a_value > 1, eq("2"), match(/2/), satisfy { |id| id > 1 }, not_eq(1), not_eq("1") ].each do |value|
      assert_nothing_raised { expect { publish }.not_to publish_event("room", :typing).with(room_id: value) }
      failure { expect { publish }.to publish_event("room", :typing).with(room_id: value) }
    end
  end

  test "a payload that is no object" do
    made = -> { Events.publish("remark", :made, "hello") }
    moved = -> { Events::Map.moved([ 1.5, 2 ], kind: "city", slug: "x") }
    assert_nothing_raised do
      [ "hello", /ell/, a_string_starting_with("h") ].each { |payload| expect(&made).to publish_event("remark", :made).with(payload) }
      expect { Events::Remark.cleared(nil) }.to publish_event("remark", :cleared).with(nil)
      expect(&moved).to publish_event("map", :moved).with([ 1.5, 2 ]).with(kind: "city")
      expect(&moved).to publish_event("map", :moved).with([ a_value > 1, Integer ], slug: "x")
      expect(&moved).to publish_event("map", :moved).with(a_collection_including(2))
      expect(&moved).not_to publish_event("map", :moved).with([ 1, 2 ])
      expect { publish }.to publish_event("room", :typing).with(a_hash_including("author" => "Ada"), room_id: 1)
      expect { publish }.not_to publish_event("room", :typing).with(a_hash_including("author" => "Bob"))
    end
    assert_match(/\Aexpected one made event on remark with a string starting with "x" to be published, but none was/,
                 failure { expect(&made).to publish_event("remark", :made).with(a_string_starting_with("x")) })
  end

  ARGUMENTS = Object.new.extend(RSpec::Mocks::ArgumentMatchers)

  test "matchers of arguments, and of hashes by Ruby's names" do
    posted = -> { Events.publish("room", :message_posted, room_id: 1, id: "7", author: "Ada", body: "hi", posted_at: Time.utc(2026)) }
    having = [
      { author: ARGUMENTS.instance_of(String), room_id: ARGUMENTS.instance_of(Integer), body: ARGUMENTS.anything },
      ARGUMENTS.hash_including(posted_at: /\A2026/, "author" => "Ada"), ARGUMENTS.hash_excluding(author: "Bob"), ARGUMENTS.hash_including(:body),
      a_hash_including(posted_at: a_string_starting_with("2026")), a_hash_including("postedAt" => String), a_hash_including(:posted_at)
    ]
    lacking = [
      { author: ARGUMENTS.instance_of(Integer) }, { room_id: ARGUMENTS.kind_of(String) }, ARGUMENTS.hash_including(posted_at: /\A2025/),
      ARGUMENTS.hash_excluding(author: "Ada"), a_hash_including(posted_at: "x"), a_hash_including(:sent_at)
    ]
    having.each do |expected|
      assert_nothing_raised { expect(&posted).to publish_event("room", :message_posted).with(expected) }
      failure { expect(&posted).not_to publish_event("room", :message_posted).with(expected) }
    end
    lacking.each do |expected|
      assert_nothing_raised { expect(&posted).not_to publish_event("room", :message_posted).with(expected) }
      assert_not_includes failure { expect(&posted).to publish_event("room", :message_posted).with(expected) }, "#<"
    end
    assert_equal "publish one typing event on room with author: an_instance_of(Integer)",
                 publish_event("room", :typing).with(author: ARGUMENTS.instance_of(Integer)).description
    expect(&posted).to publish_event("room") { |event| expect(event.payload).to include(posted_at: String, body: "hi") }
    packed = -> { Events.publish("parcel", :packed, { label: "a", boxes: [ { label: "b" } ] }, parcel_id: 1) }
    expect(&packed).to publish_event("parcel").with(boxes: [ ARGUMENTS.hash_including(label: "b") ])
  end

  test "wants a block, as RSpec's own matchers of blocks do" do
    capture_io do # RSpec's own warning
      assert_equal "expected one event on room to be published, but was not given a block", failure { expect(5).to publish_event("room") }
      assert_equal "expected no event on room to be published, but was not given a block", failure { expect(5).not_to publish_event("room") }
    end
  end

  test "what no event can have is an error" do
    error = assert_raises(Signalbox::ContractViolation) { expect { publish }.not_to publish_event(:inbox).with(user_id: "ann") }
    assert_includes error.message, "inbox:{userId} notified: userId: Invalid parameter: expected an Integer"
    assert_raises(Signalbox::ContractViolation) { expect { publish }.not_to publish_event("room").with(author: "") }
  end

  test "goes together with other matchers of blocks" do
    count = 0
    both = lambda {
      count += 1
      publish
      Events.publish("thing", user_id: 1, contents: "x")
    }
    assert_nothing_raised do
      expect(&both).to publish_event("room", :typing).and publish_event("thing").and change { count }.by(1)
      expect(&both).to publish_event("inbox").or publish_event("thing")
      expect(&both).to change { count }.by(1).and not_publish_event("inbox")
      expect(&both).to publish_event("room") & publish_event("thing").once
      expect { publish; raise "x" }.to publish_event("room").and raise_error("x")
    end
    assert_equal 4, count # The block runs once for all of them.
    text = 'expected one event on inbox to be published, but none was. Published:'
    assert_equal text, failure { expect(&both).to publish_event("thing").and publish_event("inbox") }.lines.first.chomp
    assert_match(/ inbox .*\.\.\.or:.* 2 events on thing /m, failure { expect(&both).to publish_event("inbox").or publish_event("thing").twice })
    assert_match(/no event on thing/, failure { expect(&both).to publish_event("room").and not_publish_event("thing") })
    assert_match(/\Aexpected `count`/, failure { expect(&both).to publish_event("room").and change { count }.by(2) })
  end

  test "fails, and says what was published" do
    error = assert_raises(RSpec::Expectations::ExpectationNotMetError) {
      expect { publish }.to publish_event("room", :typing).with(author: "Bob")
    }
    assert_equal <<~TEXT.chomp, error.message
      expected one typing event on room with author: "Bob" to be published, but none was. Published:
        typing on room:1: #{{ "author" => "Ada" }.inspect}
    TEXT
    {
      "expected at least 2 events to be published, but one was. Published:\n" => -> { expect { publish }.to publish_event.at_least(2).times },
      "expected one event to be published, but nothing was published." => -> { expect { nil }.to publish_event },
      "expected no event on room to be published, but one was:\n" => -> { expect { publish }.not_to publish_event("room") }
    }.each do |text, expectation|
      assert_equal text, assert_raises(RSpec::Expectations::ExpectationNotMetError, &expectation).message[0, text.size]
    end
    assert_equal "publish one typing event on room", publish_event("room", :typing).description
    matcher = publish_event("kinds", :sent).with(inside: { deep_name: a_string_matching(/x/) }, tags: [ a_value > 3, "x" ])
    assert_equal 'publish one sent event on kinds with inside: { deep_name: a string matching /x/ }, tags: [a value > 3, "x"]',
                 matcher.description
    [
      -> { expect { nil }.to publish_event },
      -> { expect { 2.times { publish } }.to publish_event },
      -> { expect { publish }.not_to publish_event }
    ].each { |expectation| assert_raises(RSpec::Expectations::ExpectationNotMetError, &expectation) }
  end

  test "a field that is not in the contract is an error" do
    [
      -> { expect { publish }.not_to publish_event("room", :typing).with(auther: "Ada") },
      -> { expect { publish }.to publish_event("room", :typing).with({ "auther" => a_string_starting_with("A") }) }
    ].each do |expectation|
      assert_includes assert_raises(Signalbox::UnknownField, &expectation).message, 'room typing has no field "auther". Did you mean "author"?'
    end
  end
end
