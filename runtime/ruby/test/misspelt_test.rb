# frozen_string_literal: true

require_relative "support/runtime"
require "bigdecimal"

# A payload may have more than the contract names. Where that is nearly the name of a field that was not given, the log
# says so to whoever is developing.
class MisspeltTest < Minitest::Test
  include RuntimeTest

  def setup
    super
    Signalbox.configure { |c| c.logger = Logger.new(@log = StringIO.new, formatter: ->(severity, _, _, text) { "#{severity} #{text}\n" }) }
  end

  LEVEL = "WARN [Signalbox] inbox:{userId} notified: \"lvel\" is no field of this event and was left out. Did you mean \"level\"?\n"

  def test_a_hash_is_sent_without_it_and_the_log_says_so
    assert_kind_of String, Events.publish("inbox", :notified, { user_id: 1, title: "x", lvel: "warning" })
    assert_equal [ { "title" => "x", "level" => "info" } ], sent_payloads
    assert_equal LEVEL, @log.string
  end

  def test_whatever_has_values_by_their_names
    given = { title: "x", "lvel" => "s3cret" }
    [ given, Struct.new(*given.keys.map(&:to_sym)).new(*given.values) ].each do |payload|
      Events.publish("inbox", payload, user_id: 1)
      assert_equal LEVEL, @log.string
      @log.truncate(@log.rewind)
    end
  end

  def test_once_a_call_with_all_names
    Events.publish("kinds", { text: "x", RATIO: 1, "lenk" => 1, tgas: [], lvel: "low", cuont: 1, dya: 1, "any\nthing": 1 })
    assert_equal 1, @log.string.lines.size
    assert_equal 5, @log.string.scan("is no field of this event").size
    assert_includes @log.string, '"RATIO" is no field of this event and was left out. Did you mean "ratio"?'
  end

  def test_a_field_of_several_words_in_either_spelling
    contract = Events::Room::EVENT_MESSAGE_POSTED
    { postd_at: 1, "postdAt" => 1, postedat: 1 }.each do |name, value|
      hints = Signalbox::Misnamed.hints({ name => value }, {}, contract.fields)
      assert_equal [ "#{name.to_s.inspect} is no field of this event and was left out. Did you mean \"postedAt\"?" ], hints
    end
  end

  def test_nothing_where_nothing_is_near_or_missing
    Events.publish("inbox", { user_id: 1, title: "x", created_at: 1, "password" => 1 })
    Events.publish("inbox", { user_id: 1, title: "x", level: "info", levl: "warning", url: "/", urls: [] })
    Events.publish("inbox", { user_id: 1, "title" => :x, "level" => :warning })
    Events.publish("kinds", { price: BigDecimal("1"), scores: { pric: 1 }, open: { deepName: "x", lvel: 1 } })
    Events::Inbox.notified(user_id: 1, title: :x)
    assert_equal [ 5, "" ], [ @sent.size, @log.string ]
  end

  def test_not_in_production_nor_for_what_an_object_shows_of_itself
    serializer = Class.new { def as_json(*) = { title: "x", lvel: 1 } }.new
    Events.publish("inbox", serializer, user_id: 1)
    before = ENV["RACK_ENV"]
    ENV["RACK_ENV"] = "production"
    Events.publish("inbox", :notified, { user_id: 1, title: "x", lvel: "warning" })
    assert_equal [ 2, "" ], [ @sent.size, @log.string ]
  ensure
    ENV["RACK_ENV"] = before
  end
end
