# frozen_string_literal: true

require "rspec/expectations"
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

    # Passes where the block publishes exactly one such event, or as many as it was told. Goes together with other matchers
    # of blocks: +publish_event("room").and change { ... }+.
    class PublishEvent
      include RSpec::Matchers::Composable

      def initialize(channel, event)
        @channel = channel
        @event = event
        @payload = Call::NONE
        @fields = {}
        exactly(1)
      end

      # @param payload [Object] a Hash is fields that the event must have among others, anything else the payload itself
      # @param fields [Hash] parameters of the channel, and more fields
      # @return [self]
      def with(payload = Call::NONE, **fields)
        if payload.is_a?(Hash)
          fields = payload.merge(fields)
        elsif !Call::NONE.equal?(payload)
          @payload = payload
        end
        @fields = @fields.merge(fields)
        self
      end

      # @param count [Integer, Symbol] +:once+, +:twice+, +:thrice+ or a number
      # @return [self]
      def exactly(count)
        expect_count(:exactly, count)
      end

      # @param (see #exactly)
      # @return [self]
      def at_least(count)
        expect_count(:at_least, count)
      end

      # @param (see #exactly)
      # @return [self]
      def at_most(count)
        expect_count(:at_most, count)
      end

      # @return [self]
      def once
        exactly(:once)
      end

      # @return [self]
      def twice
        exactly(:twice)
      end

      # @return [self]
      def thrice
        exactly(:thrice)
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
        case @relation
        when :exactly then @found.size == @count
        when :at_least then @found.size >= @count
        when :at_most then @found.size <= @count
        end
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

      COUNTS = { once: 1, twice: 2, thrice: 3 }.freeze
      private_constant :COUNTS

      def expect_count(relation, count)
        number = COUNTS.fetch(count, count)
        unless number.is_a?(Integer) && !number.negative?
          raise ArgumentError, "#{relation} takes :once, :twice, :thrice or a number, not #{count.inspect}"
        end

        @relation = relation
        @count = number
        self
      end

      def wanted
        limit = { at_least: "at least", at_most: "at most" }[@relation]
        expectation.phrase([ limit, Testing.number(@count) ].compact.join(" "))
      end

      def expectation
        Testing::Expectation.new(@channel, @event, @payload, @fields)
      end

      def look(block)
        asked = expectation
        @published = Testing.capture(&block)
        @found = @published.select { |message| asked.match?(message) }
      end
    end
  end
end
