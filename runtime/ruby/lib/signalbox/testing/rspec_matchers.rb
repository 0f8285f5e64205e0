# frozen_string_literal: true

require_relative "expectation"

module Signalbox
  # Matchers for RSpec. Payloads are validated as in production.
  #
  # @example in spec/rails_helper.rb
  #   RSpec.configure do |config|
  #     config.include Signalbox::RSpecMatchers
  #     config.before { Signalbox::Testing.clear }
  #   end
  module RSpecMatchers
    # @example
    #   expect { post messages_path }.to publish_event("room", :message_posted).with(room_id: 1, body: "hi")
    # @param channel [String, Symbol, nil]
    # @param event [String, Symbol, nil]
    # @return [PublishEvent] what is not in the contract makes it raise, see {TestHelper#assert_event_published}
    def publish_event(channel = nil, event = nil)
      PublishEvent.new(channel, event)
    end

    alias have_published_event publish_event

    # Passes where the block publishes exactly one such event, or as many as it was told.
    class PublishEvent
      def initialize(channel, event)
        @channel = channel
        @event = event
        @fields = {}
        exactly(1)
      end

      # @param payload [Hash] fields that the event must have among others
      # @param fields [Hash] parameters of the channel, and more fields
      # @return [self]
      def with(payload = {}, **fields)
        @fields = @fields.merge(payload, fields)
        self
      end

      # @param count [Integer]
      # @return [self]
      def exactly(count)
        @count = count
        @minimum = false
        self
      end

      # @param count [Integer]
      # @return [self]
      def at_least(count)
        @count = count
        @minimum = true
        self
      end

      # @return [self]
      def once
        exactly(1)
      end

      # @return [self]
      def twice
        exactly(2)
      end

      # Reads well after a number.
      #
      # @return [self]
      def times
        self
      end

      def supports_block_expectations?
        true
      end

      def supports_value_expectations?
        false
      end

      def matches?(block)
        look(block)
        @minimum ? @found.size >= @count : @found.size == @count
      end

      def does_not_match?(block)
        look(block)
        @found.empty?
      end

      def description
        "publish #{wanted}"
      end

      def failure_message
        "expected #{wanted} to be published, #{Testing.outcome(@found, @published)}"
      end

      def failure_message_when_negated
        "expected #{expectation.phrase("no")} to be published, #{Testing.surprise(@found)}"
      end

      private

      def wanted
        expectation.phrase("#{"at least " if @minimum}#{Testing.number(@count)}")
      end

      def expectation
        Testing::Expectation.new(@channel, @event, @fields)
      end

      def look(block)
        asked = expectation
        @published = Testing.capture(&block)
        @found = @published.select { |message| asked.match?(message) }
      end
    end
  end
end
