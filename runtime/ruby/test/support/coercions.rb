# frozen_string_literal: true

require "bigdecimal"
require "date"
require "delegate"
require "set"
require "timeout"
require "uri"

# The table of docs/coercion.md: the same with and without ActiveSupport, byte for byte.
module Coercions
  Point = Struct.new(:deep_name)
  Serializable = Class.new { def serializable_hash(*) = { "deep_name" => "x", "password" => "y" } }
  AsJson = Class.new { def as_json(*) = { deepName: "x" } }
  ToJson = Class.new { def to_json(*) = '{"deepName":"x","more":1}' }
  NoJson = Class.new { def to_json(*) = "x" }

  # What masks itself: everything else that it has must stay where it is.
  Masked = Struct.new(:deep_name) { def as_json(*) = { deepName: "masked" } }
  MaskedHash = Class.new(Hash) { def as_json(options) = { "deepName" => options.fetch(:name, "masked") } }
  MaskedBoth = Class.new(Serializable) { def as_json(*) = { deep_name: "masked" } }
  MaskedList = Class.new(Array) { def as_json(*) = %w[masked] }
  Money = Struct.new(:json) { def as_json(*) = json }
  Presenter = Class.new(SimpleDelegator) { def as_json(*) = { deepName: "masked" } }
  HashPresenter = Class.new(DelegateClass(Point)) { def to_h = { deep_name: "masked" } }
  Unmasked = Class.new(SimpleDelegator) { def deep_name = "masked" }
  UnmaskedClass = Class.new(DelegateClass(Serializable)) { def deep_name = "masked" }
  # Answers for what it wraps, as a Delegator of its own making.
  Proxy = Class.new do
    def respond_to_missing?(name, _all = false) = %i[as_json serializable_hash to_h].include?(name)
    def method_missing(name, *) = respond_to_missing?(name) ? { deep_name: "raw" } : super
  end

  TAKEN = [
    [ :text, :name, '"name"' ],
    [ :text, "h\u00e9", "\"h\u00e9\"" ],
    [ :text, Time.at(0, 5, :millisecond), '"1970-01-01T00:00:00.005Z"' ],
    [ :at, Time.at(0, 5, :millisecond), '"1970-01-01T00:00:00.005Z"' ],
    [ :at, Time.new(2026, 1, 2, 3, 4, 5, "+02:00"), '"2026-01-02T01:04:05.000Z"' ],
    [ :at, DateTime.new(2026, 1, 2, 3, 4, 5), '"2026-01-02T03:04:05.000Z"' ],
    [ :day, Date.new(2026, 1, 2), '"2026-01-02"' ],
    [ :count, 5, "5" ],
    [ :ratio, BigDecimal("1.5"), "1.5" ],
    [ :level, :high, '"high"' ],
    [ :tags, Set["a", :b], '["a","b"]' ],
    [ :inside, { deep_name: "x", more: 1 }, '{"deepName":"x"}' ],
    [ :inside, Point.new("x"), '{"deepName":"x"}' ],
    [ :inside, Serializable.new, '{"deepName":"x"}' ],
    [ :inside, AsJson.new, '{"deepName":"x"}' ],
    [ :inside, ToJson.new, '{"deepName":"x"}' ],
    [ :inside, Masked.new("raw"), '{"deepName":"masked"}' ],
    [ :inside, MaskedHash[deep_name: "raw"], '{"deepName":"masked"}' ],
    [ :inside, MaskedBoth.new, '{"deepName":"masked"}' ],
    [ :inside, Presenter.new(Point.new("raw")), '{"deepName":"masked"}' ],
    [ :inside, HashPresenter.new(Point.new("raw")), '{"deepName":"masked"}' ],
    [ :open, Presenter.new(Point.new("raw")), '{"deepName":"masked"}' ],
    [ :open, { deep_name: "x", other: Masked.new("raw") }, '{"deepName":"x","other":{"deepName":"masked"}}' ],
    [ :anything, [ Masked.new("raw"), MaskedHash[deep_name: "raw"], MaskedList["raw"] ],
      '[{"deepName":"masked"},{"deepName":"masked"},["masked"]]' ],
    [ :tags, MaskedList["raw"], '["masked"]' ],
    [ :price, Money.new("12.00"), '"12.00"' ],
    [ :text, Money.new("12.00"), '"12.00"' ],
    [ :ratio, Money.new(12.5), "12.5" ],
    [ :count, Money.new(12), "12" ],
    [ :anything, Money.new("12.00"), '"12.00"' ],
    [ :anything, [ ToJson.new ], '[{"deepName":"x","more":1}]' ],
    [ :scores, { a: 1, 2 => 3 }, '{"a":1,"2":3}' ],
    [ :anything, { a: [ :b, nil, Date.new(2026, 1, 2), BigDecimal("1.10") ] }, '{"a":["b",null,"2026-01-02","1.1"]}' ],
    [ :price, BigDecimal("12.50"), '"12.5"' ],
    [ :price, 12, '"12"' ],
    [ :big, 2**80, '"1208925819614629174706176"' ],
    [ :link, URI("https://example.org/a"), '"https://example.org/a"' ]
  ].freeze

  REFUSED = [
    [ :text, 5 ],
    [ :text, "\xff" ],
    [ :at, Date.new(2026, 1, 2) ],
    [ :day, Time.at(0) ],
    [ :count, "5" ],
    [ :count, 2**53 + 1 ],
    [ :ratio, BigDecimal("0.1000000000000000055") ],
    [ :ratio, Float::NAN ],
    [ :ratio, Float::INFINITY ],
    [ :ratio, BigDecimal("NaN") ],
    [ :ratio, BigDecimal("-Infinity") ],
    [ :ratio, BigDecimal("1e400") ],
    [ :tags, "a" ],
    [ :inside, '{"deepName":"x"}' ],
    [ :inside, { deep_name: "x", deepName: "x" } ],
    [ :inside, Object.new ],
    [ :text, Money.new(5) ],
    [ :count, Money.new("5") ],
    [ :ratio, Money.new(2**60 + 1) ],
    [ :text, URI("https://example.org/a") ],
    [ :inside, Proxy.new ],
    [ :anything, Proxy.new ],
    [ :inside, NoJson.new ],
    [ :anything, Object.new ]
  ].freeze

  def test_taken
    TAKEN.each do |field, value, json|
      Events::Kinds.sent!(field => value)
      assert_equal %({"#{field}":#{json}}), JSON.generate(last_payload), "#{field}: #{value.inspect}"
    end
  end

  def test_refused
    REFUSED.each do |field, value|
      error = assert_raises(Signalbox::ContractViolation, "#{field}: #{value.inspect}") { Events::Kinds.sent!(field => value) }
      assert_equal field.to_s, error.issues.first.path.first
    end
  end

  def test_a_decimal_that_is_no_number_is_told_as_a_float_is
    { "NaN" => Float::NAN, "Infinity" => Float::INFINITY, "-Infinity" => -Float::INFINITY }.each do |text, float|
      %i[ratio count].each do |field|
        decimal, same = [ BigDecimal(text), float ].map { |value|
          assert_raises(Signalbox::ContractViolation) { Events::Kinds.sent!(field => value) }.message
        }
        assert_equal same, decimal
        refute_includes decimal, "would round"
      end
    end
  end

  def test_what_passes_on_all_that_it_wraps_is_refused
    [ Unmasked.new(Point.new("raw")), Unmasked.new(Serializable.new), UnmaskedClass.new(Serializable.new),
      SimpleDelegator.new({ deep_name: "raw" }) ].each do |presenter|
      values = { inside: presenter, open: presenter, anything: [ presenter ], scores: presenter }
      values.each { |field, value| assert_unmasked(field, value) }
    end
    assert_unmasked(:tags, SimpleDelegator.new(%w[raw]))
    assert_unmasked(:anything, SimpleDelegator.new([ { deep_name: "raw" } ]))
  end

  def assert_unmasked(field, value)
    error = assert_raises(Signalbox::ContractViolation, "#{field}: #{value.class}") { Events::Kinds.sent!(field => value) }
    assert_match(/an? \S+ passes on what it wraps, of which all would be sent unchanged; give a Hash or an Array, or define as_json in it/, error.message)
  end

  def test_the_same_for_whole_payloads
    Events.publish!("kinds", Class.new(Struct.new(:text)) { def as_json(*) = { text: "masked" } }.new("raw"))
    assert_equal({ "text" => "masked" }, last_payload)

    Events.publish!("kinds", Class.new(Hash) { def as_json(*) = { text: "masked" } }[text: "raw"])
    assert_equal({ "text" => "masked" }, last_payload)

    presenter = Class.new(SimpleDelegator) { def text = "masked" }
    assert_raises(Signalbox::ContractViolation) { Events.publish!("kinds", presenter.new(Struct.new(:text).new("raw"))) }
  end

  # A cycle has a path for each way through it: all of them are told as one.
  def test_a_cycle_is_too_deep
    list = []
    list.push(list, list)
    hash = {}
    hash.update(left: hash, right: [ hash ])
    box = { label: "x" }
    box[:boxes] = [ box, box ]
    [ [ -> { Events::Kinds.sent!(anything: list) }, [ "anything" ] ], [ -> { Events::Kinds.sent!(anything: hash) }, [ "anything" ] ],
      [ -> { Events::Parcel.packed!(parcel_id: 1, **box) }, [] ] ].each do |call, path|
      error = assert_raises(Signalbox::ContractViolation) { Timeout.timeout(10) { call.call } }
      assert_equal [ [ path, "too_deep" ] ], error.issues.map { |issue| [ issue.path, issue.code ] }
    end
  end
end
