# frozen_string_literal: true

require "bigdecimal"
require "date"
require "set"
require "uri"

# The table of docs/coercion.md: the same with and without ActiveSupport, byte for byte.
module Coercions
  Point = Struct.new(:deep_name)
  Serializable = Class.new { def serializable_hash(*) = { "deep_name" => "x", "password" => "y" } }
  AsJson = Class.new { def as_json(*) = { deepName: "x" } }
  ToJson = Class.new { def to_json(*) = '{"deepName":"x","more":1}' }
  NoJson = Class.new { def to_json(*) = "x" }

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
    [ :tags, "a" ],
    [ :inside, '{"deepName":"x"}' ],
    [ :inside, { deep_name: "x", deepName: "x" } ],
    [ :inside, Object.new ],
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

  def test_a_cycle_is_too_deep
    cycle = []
    cycle << cycle
    assert_raises(Signalbox::ContractViolation) { Events::Kinds.sent!(anything: cycle) }
  end
end
