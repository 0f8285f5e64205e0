# frozen_string_literal: true

require_relative "support/runtime"

class ParametersTest < Minitest::Test
  include RuntimeTest

  Record = Struct.new(:to_param)

  def test_integers_strings_and_records
    [ 7, "7", :"7", Record.new("7"), Record.new(7) ].each { |value| Events::Room.typing(room_id: value, author: "Ada") }

    assert_equal [ "room:7" ], @sent.map(&:first).uniq
  end

  def test_text_that_is_not_canonical_is_refused
    [ "07", "+7", "7.0", " 7", "7\n", "7:8", "", "0", "-1", "x", "9" * 17, 7.0, nil, true, [ 7 ], { id: 7 },
      Record.new(nil), Object.new, "\xff", "é" ].each do |value|
      error = assert_raises(Signalbox::ContractViolation, value.inspect) { Events::Room.typing(room_id: value, author: "Ada") }
      assert_equal [ [ "roomId" ] ], error.issues.map(&:path), value.inspect
    end
    assert_empty @sent
  end

  def test_strings_and_enums
    Events::Map.moved([ 0, 0 ], kind: "city", slug: "A.b_c-9")

    assert_equal "map:city:A.b_c-9", @sent.first.first
    assert_raises(Signalbox::ContractViolation) { Events::Map.moved([ 0, 0 ], kind: "town", slug: "x") }
    assert_raises(Signalbox::ContractViolation) { Events::Map.moved([ 0, 0 ], kind: "city", slug: "x" * 129) }
    assert_raises(Signalbox::ContractViolation) { Events::Map.moved([ 0, 0 ], kind: "city", slug: "a/b") }
    assert_raises(Signalbox::ContractViolation) { Events::Order.paid(order_id: "not-a-uuid", total: 1) }
  end
end
