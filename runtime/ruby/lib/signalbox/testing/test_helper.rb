# frozen_string_literal: true

require_relative "expectation"

module Signalbox
  # Assertions for Minitest. Payloads are validated as in production, so that each test is one of the contract, too.
  #
  # @example
  #   class ActiveSupport::TestCase
  #     include Signalbox::TestHelper
  #   end
  module TestHelper
    # Forgets what was published before. Minitest calls it.
    def before_setup
      Testing.clear
      super
    end

    # Fails unless exactly so many such events are published: by the block, or without one since the test began.
    #
    # @example
    #   assert_event_published("room", :message_posted, room_id: 1, body: "hi") { post messages_path }
    # @param channel [String, Symbol, nil] its name, or a concrete name: +"room:1"+
    # @param event [String, Symbol, nil]
    # @param payload [Object] a Hash is fields that it must have among others, anything else the payload itself; it and each
    #   value may be a pattern, a Range, a Class or a matcher
    # @param times [Integer]
    # @param fields [Hash] parameters of the channel, and more fields
    # @return [Message, Array<Message>] the one, or all where +times+ is not 1
    # @raise [UnknownChannel, UnknownEvent, UnknownField, ContractViolation]
    def assert_event_published(channel = nil, event = nil, payload = Call::NONE, times: 1, **fields, &block)
      expectation = Testing::Expectation.new(channel, event, payload, fields)
      published = signalbox_published(&block)
      found = published.select { |message| expectation.match?(message) }
      assert found.size == times, lambda {
        "Expected #{expectation.phrase(Testing.number(times))} to be published, #{Testing.outcome(found, published)}"
      }
      times == 1 ? found.first : found
    end

    # Fails if such an event is published: by the block, or without one since the test began.
    #
    # @param (see #assert_event_published)
    # @return [void]
    # @raise [UnknownChannel, UnknownEvent, UnknownField, ContractViolation] what is not in the contract is never published
    def assert_no_events_published(channel = nil, event = nil, payload = Call::NONE, **fields, &block)
      expectation = Testing::Expectation.new(channel, event, payload, fields)
      found = signalbox_published(&block).select { |message| expectation.match?(message) }
      assert found.empty?, -> { "Expected #{expectation.phrase("no")} to be published, #{Testing.surprise(found)}" }
    end

    # @param (see #assert_event_published)
    # @return [Array<Message>] what the block publishes
    # @raise [UnknownChannel, UnknownEvent, UnknownField, ContractViolation]
    def capture_events(channel = nil, event = nil, payload = Call::NONE, **fields, &block)
      expectation = Testing::Expectation.new(channel, event, payload, fields)
      Testing.capture(&block).select { |message| expectation.match?(message) }
    end

    private

    def signalbox_published(&block)
      block ? Testing.capture(&block) : Testing.published
    end
  end
end
