require "test_helper"

# Examples are valid by the contract, whatever it becomes; a test names what matters to it.
class ContractTest < ActiveSupport::TestCase
  test "a message as long as the form takes it" do
    message = Events.example("room", :message_posted, body: "x" * 2_000)

    assert Events::Room.message_posted!(room_id: 1, **message)
  end

  test "a message that is longer" do
    message = { **Events.example("room", :message_posted), body: "x" * 2_001 }

    error = assert_raises(Signalbox::ContractViolation) { Events::Room.message_posted(room_id: 1, **message) }
    assert_equal [ "body" ], error.issues.first.path
  end
end
