# frozen_string_literal: true

require_relative "support/runtime"

# What is wrong, where, and what to do, as whoever made the mistake reads it.
class MessagesTest < Minitest::Test
  include RuntimeTest

  Unsaved = Struct.new(:to_param)

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
      "room:{roomId} typing: roomId: Invalid parameter: it is missing: an Integer, a String or a record; " \
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
      'channel "thing" has no event of that name. It looks like JSON text: give the Hash itself, it is encoded here. ' \
      "There is: updated."
    ]
  }.freeze

  MESSAGES.each do |name, (call, message)|
    define_method("test_#{name.tr(" ", "_")}") do
      error = assert_raises(Signalbox::ContractError) { call.call }
      assert_equal message, error.message
      assert_empty @sent
    end
  end

  # Ruby knows what the contract has: the methods are real.
  def test_typed_calls
    error = assert_raises(NoMethodError) { Events::Room.tping(room_id: 1) }
    assert_includes DidYouMean::MethodNameChecker.new(error).corrections, :typing
    error = assert_raises(ArgumentError) { Events::Room.typing(room_id: 1, auther: "Ada") }
    assert_equal "unknown keyword: :auther", error.message
  end
end
