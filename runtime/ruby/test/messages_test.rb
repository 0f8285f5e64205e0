# frozen_string_literal: true

require_relative "support/runtime"
require "bigdecimal"
require "set"

# What is wrong, where, and what to do, as whoever made the mistake reads it.
class MessagesTest < Minitest::Test
  include RuntimeTest

  Unsaved = Struct.new(:to_param)
  Order = Class.new
  Errno, URI, Upload, User, U = %w[Errno URI Upload User U].map { |name| Class.new { define_singleton_method(:name) { name } } }

  MESSAGES = {
    "a field that is missing" => [
      -> { Events::Inbox.notified(user_id: 1) },
      "inbox:{userId} notified: title: Invalid input: expected string, received undefined"
    ],
    "a field under another name" => [
      -> { Events.publish("room", :typing, room_id: 1, auther: "Ada") },
      'room:{roomId} typing: author: Invalid input: expected string, received undefined; given, but not in the contract: "auther"'
    ],
    "a parameter under another name" => [
      -> { Events.publish("room", :typing, roomid: 1, author: "Ada") },
      "room:{roomId} typing: roomId: Invalid parameter: it is missing; give room_id: an Integer, a String or a record; " \
      'given, but not in the contract: "roomid"'
    ],
    "many names, some long" => [
      -> { Events.publish("thing", **(1..6).to_h { |n| [ :"#{"x" * 50}#{n}", n ] }) },
      "thing updated: user_id: Invalid input: expected number, received undefined; contents: Invalid input: expected string, " \
      "received undefined; given, but not in the contract: #{Array.new(5) { ("x" * 40).inspect }.join(", ")}, ..."
    ],
    "values of the wrong type, all at once" => [
      -> { Events::Room.message_posted(room_id: "abc", id: 7, author: nil, body: "", posted_at: "yesterday") },
      "room:{roomId} messagePosted: " \
      'roomId: Invalid parameter: expected an Integer, or its digits as they are usually written (given "abc"); ' \
      "id: Invalid input: expected string, received number (given 7); " \
      "author: Invalid input: expected string, received null (given nil); " \
      'body: Too small: expected string to have >=1 characters (given ""); ' \
      'postedAt: Invalid ISO datetime (given "yesterday")'
    ],
    "a parameter that is a field as well, told once" => [
      -> { Events::Order.paid(order_id: "x", total: 1) },
      'order:{orderId} paid: orderId: Invalid UUID (given "x")'
    ],
    "a parameter with a slash" => [
      -> { Events::Map.moved([ 1, 2 ], kind: "city", slug: "a/b") },
      'map:{kind}:{slug} moved: slug: Invalid parameter: expected 1 to 128 letters, digits, _ . or - (given "a/b")'
    ],
    "a parameter that is not one of those" => [
      -> { Events::Map.moved([ 1, 2 ], kind: "cty", slug: "x") },
      'map:{kind}:{slug} moved: kind: Invalid option: expected one of "city"|"river" (given "cty")'
    ],
    "a parameter of no use" => [
      -> { Events::Room.typing(room_id: [ 1 ], author: "Ada") },
      "room:{roomId} typing: roomId: Invalid parameter: expected an Integer, a String or a record (given an array of 1)"
    ],
    "a record that is not saved" => [
      -> { Events::Room.typing(room_id: Unsaved.new(nil), author: "Ada") },
      "room:{roomId} typing: roomId: Invalid parameter: its to_param is nil: is it saved? (given a MessagesTest::Unsaved)"
    ],
    "a secret, of which nothing is shown" => [
      -> { Events.publish("kinds", scores: { api_token: "s3cret" }) },
      "kinds sent: scores.api_token: Invalid input: expected number, received string (given [FILTERED])"
    ],
    "a channel that is not there" => [ -> { Events.publish("thng", user_id: 1) }, 'no channel "thng". Did you mean "thing"?' ],
    "one with its parameter" => [
      -> { Events.publish("room:7", :typing, author: "Ada") },
      'no channel "room:7". Its parameters are keywords: "room", ..., room_id: "7".'
    ],
    "an event that is not there" => [
      -> { Events.publish("room", :tping, room_id: 1) },
      'channel "room" has no event :tping. Did you mean "typing"?'
    ],
    "an event that is not said" => [
      -> { Events.publish("room", room_id: 1, author: "Ada") },
      'channel "room" has 2 events: say which one. There are: messagePosted, typing.'
    ],
    "JSON text" => [
      -> { Events.publish("thing", JSON.generate(user_id: 1)) },
      'channel "thing" has no event of that name (JSON text of 13 characters). Give the Hash itself, not its to_json. There is: updated.'
    ],
    "JSON text in place of an object" => [
      -> { Events.publish("room", :typing, JSON.generate(author: "Ada", token: "s3cret"), room_id: 1) },
      "room:{roomId} typing: (payload): Invalid input: expected object, received string (given JSON text of 33 characters)"
    ],
    "a payload in place of a name" => [
      -> { Events.publish("room", "s3cret" * 20, room_id: 1) },
      'channel "room" has no event of that name (a String of 120 characters). There are: messagePosted, typing.'
    ],
    "a payload in place of a channel" => [
      -> { Events.publish(Struct.new(:token).new("s3cret")) },
      "no channel of that name (a nameless object). There are: #{Events::CONTRACT.channels.keys.join(", ")}."
    ],
    "a name that is no text" => [
      -> { Events.publish("room", "t\xFFping", room_id: 1) },
      'channel "room" has no event "t\xFFping". Did you mean "typing"?'
    ],
    "a long text" => [
      -> { Events.publish("time", :ticked, "s3cret" * 20) },
      "time ticked: (payload): Invalid input: expected number, received string (given a String of 120 characters)"
    ],
    "a long number" => [
      -> { Events.publish("kinds", text: 10**99) },
      "kinds sent: text: Invalid input: expected string, received number (given an Integer of 100 digits)"
    ],
    "a channel by its pattern" => [
      -> { Events.publish("room:{roomId}", :typing, author: "Ada") },
      'no channel "room:{roomId}". Its parameters are keywords: "room", ..., room_id: value.'
    ],
    "a channel by its module" => [
      -> { Events.publish(Events::Room, :typing, room_id: 1, author: "Ada") },
      'no channel Events::Room. Its parameters are keywords: "room", ..., room_id: value.'
    ],
    "a channel without parameters by its module" => [ -> { Events.publish(Events::Thing, user_id: 1) }, 'no channel Events::Thing. Its name is "thing".' ],
    "fields under other names in objects, lists and unions" => [
      -> {
        Events.publish("parcel", :sent, parcel_id: 1, address: { street: "x", zipcode: "1", "city" => "y" }, stops: Set[{ street: "x", zip_kode: "1" }],
                                        payment: { kind: :card, "cardname" => "Ada" })
      },
      "parcel:{parcelId} sent: address.zipCode: Invalid input: expected string, received undefined; " \
      "stops[0].zipCode: Invalid input: expected string, received undefined; " \
      "payment.cardName: Invalid input: expected string, received undefined; " \
      'given, but not in the contract: "address.zipcode", "address.city", "stops[0].zip_kode", "payment.cardname"'
    ],
    "a union's tag under another name" => [
      -> { Events.publish("parcel", :sent, parcel_id: 1, address: { street: "x", zip_code: "1" }, payment: { Kind: "card", card_name: "Ada" }) },
      "parcel:{parcelId} sent: payment.kind: Invalid discriminator value. Expected 'card' | 'cash' (given an object with 2 keys); " \
      'given, but not in the contract: "payment.Kind"'
    ],
    "a field of an object under another name" => [
      -> { Events.publish("parcel", :lost, Class.new { def as_json(*) = { raeson: "x", weight: 1 } }.new, parcel_id: 1) },
      "parcel:{parcelId} lost: reason: Invalid input: expected string, received undefined; " \
      'given, but not in the contract: "raeson"'
    ],
    "a parameter in two spellings" => [
      -> { Events.publish("parcel", :lost, { reason: "x", parcel_id: 2, parcelId: 3 }) },
      "parcel:{parcelId} lost: parcelId: Invalid parameter: one parameter in two spellings: :parcel_id and :parcelId (given 2)"
    ],
    "the same as keywords" => [
      -> { Events.publish("parcel", :lost, reason: "x", "parcel_id" => 2, parcelId: 3) },
      'parcel:{parcelId} lost: parcelId: Invalid parameter: one parameter in two spellings: "parcel_id" and :parcelId (given 2)'
    ],
    "a keyword and a payload that disagree on a parameter" => [
      -> { Events.publish("parcel", :lost, { reason: 5, parcel_id: 2 }, parcel_id: 9) },
      "parcel:{parcelId} lost: parcelId: Invalid parameter: given twice, and not the same: keyword parcel_id: is 9, " \
      ":parcel_id of the payload is 2 (given 9); reason: Invalid input: expected string, received number (given 5)"
    ],
    "on a parameter that is a field as well" => [
      -> { Events.publish("parcel", :moved, { reason: "x", "parcelId" => 5 }, parcel_id: 6) },
      "parcel:{parcelId} moved: parcelId: Invalid parameter: given twice, and not the same: keyword parcel_id: is 6, " \
      '"parcelId" of the payload is 5 (given 6)'
    ],
    "on a field" => [
      -> { Events.publish("room", :typing, { author: "Ada" }, room_id: 1, author: "Bob") },
      "room:{roomId} typing: author: Invalid input: given twice, as the keyword author: and in the payload, and not the same " \
      '(given "Bob")'
    ],
    "a parameter that JavaScript would round" => [
      -> { Events::Parcel.lost(parcel_id: 2**70, reason: "x") },
      "parcel:{parcelId} lost: parcelId: Too big: expected int to be <=9007199254740991 (given 1180591620717411303424)"
    ],
    "a decimal that is a Float" => [
      -> { Events.publish("kinds", price: 12.5) },
      'kinds sent: price: Invalid input: expected a BigDecimal, an Integer or text such as "12.50", at most 2 digits behind the point, ' \
      "received a Float, which is not exact (given 12.5)"
    ],
    "a decimal that is no number" => [
      -> { Events.publish("kinds", price: Float::NAN) },
      'kinds sent: price: Invalid input: expected a BigDecimal, an Integer or text such as "12.50", at most 2 digits behind the point, ' \
      "received NaN (given NaN)"
    ],
    "text in another encoding" => [
      -> { Events.publish("kinds", text: "h\xE9".dup.force_encoding("ISO-8859-1")) },
      "kinds sent: text: Invalid input: expected string, received a String in ISO-8859-1, not UTF-8: call encode or force_encoding " \
      '(given "h�")'
    ],
    "text that is broken" => [
      -> { Events.publish("kinds", text: "h\xE9") },
      'kinds sent: text: Invalid input: expected string, received a String that is not valid UTF-8 (given "h�")'
    ]
  }.freeze

  MESSAGES.each do |name, (call, message)|
    define_method("test_#{name.tr(" ", "_")}") do
      error = assert_raises(Signalbox::ContractError) { call.call }
      assert_equal message, error.message
      assert_empty @sent
    end
  end

  def test_an_option_that_is_missing
    issue = Signalbox::Wire::Issue.new("invalid_value", 'Invalid option: expected one of "a"|"b"', Signalbox::Wire::UNDEFINED, nil, [ "level" ])
    assert_equal 'level: Invalid option: expected one of "a"|"b" (given nothing)', issue.to_s
  end

  def test_a_payload_that_is_one_level_too_deep_as_a_whole
    deep = 100.times.reduce(1) { |inner, _| [ inner ] }
    error = assert_raises(Signalbox::ContractViolation) { Events::Kinds.sent(anything: deep) }
    assert_includes error.message, "Too deep: more than 100 levels of arrays and objects"
  end

  # As Rails' parallel tests do.
  def test_a_violation_goes_from_process_to_process
    violation = assert_raises(Signalbox::ContractViolation) { Events.publish("inbox", { title: 5, level: -> { } }, user_id: 1) }
    missing = assert_raises(Signalbox::ContractViolation) { Events.publish("inbox", {}, user_id: 1) }
    [ violation, missing ].each do |error|
      copy = Marshal.load(Marshal.dump(error))
      assert_equal [ error.message, error.context ], [ copy.message, copy.context ]
      assert_equal error.issues.map(&:to_s), copy.issues.map(&:to_s)
      assert_equal error.issues.map(&:to_h), copy.issues.map(&:to_h)
    end
    assert_includes violation.message, "(given a Proc)"
  end

  def test_articles_and_numbers_of_things
    given = { { a: 1 } => "an object with 1 key", {} => "an object with 0 keys", [] => "an array of 0", Order.new => "a MessagesTest::Order",
              Errno.new => "an Errno", URI.new => "a URI", Upload.new => "an Upload", User.new => "a User", U.new => "a U" }
    given.each { |value, text| assert_equal text, Signalbox::Wire::Issue.describe(value) }

    error = assert_raises(Signalbox::ContractViolation) { Events::Room.typing(room_id: 1) }
    assert_equal "nothing", error.issues.first.given
  end

  # Ruby knows what the contract has: the methods are real.
  def test_typed_calls
    error = assert_raises(NoMethodError) { Events::Room.tping(room_id: 1) }
    assert_includes DidYouMean::MethodNameChecker.new(error).corrections, :typing
    assert_includes error.message, "undefined method 'tping' for Events::Room. Events of room: message_posted, typing."
    error = assert_raises(ArgumentError) { Events::Room.typing(room_id: 1, auther: "Ada") }
    assert_equal "unknown keyword: :auther", error.message
  end

  def test_an_event_that_was_renamed
    scope = Events::Map.with(commit: :now)
    { Events::Map => "Events::Map", scope => "Events::Map.with(...)" }.each do |receiver, shown|
      error = assert_raises(NoMethodError) { receiver.shifted!([ 1, 2 ], kind: "city", slug: "x") { nil } }
      assert_equal "undefined method 'shifted!' for #{shown}. Events of map: moved, name_event.", error.message.lines.first.chomp
      assert_equal [ :shifted!, receiver ], [ error.name, error.receiver ]
      assert_equal __FILE__, error.backtrace.first[/\A[^:]+/]
      refute_includes error.message, "raise"
      refute_respond_to receiver, :shifted!
      assert_respond_to receiver, :moved!
      assert_includes assert_raises(NoMethodError) { receiver.signalbox_publish }.message, "private method"
      assert_equal [ receiver ], [ receiver ].flatten
    end
  end
end
