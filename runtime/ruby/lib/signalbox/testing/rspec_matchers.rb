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
    # @yieldparam message [Message] each that was found: for expectations of its payload
    # @return [PublishEvent] what is not in the contract makes it raise, see {TestHelper#assert_event_published}
    def publish_event(channel = nil, event = nil, &inspection)
      PublishEvent.new(channel, event, &inspection)
    end

    alias have_published_event publish_event

    # Passes where the block publishes exactly one such event, or as many as it was told. Goes together with other matchers
    # of blocks: +publish_event("room").and change { ... }+.
    class PublishEvent
      include RSpec::Matchers::Composable

      def initialize(channel, event, &inspection)
        @channel = channel
        @event = event
        @payload = Call::NONE
        @fields = {}
        @inspection = inspection
      end

      # @param payload [Object] a Hash is fields that the event must have among others, anything else the payload itself
      # @param fields [Hash] parameters of the channel, and more fields
      # @yieldparam message [Message] each that was found
      # @return [self]
      def with(payload = Call::NONE, **fields, &inspection)
        if payload.is_a?(Hash)
          fields = payload.merge(fields)
        elsif !Call::NONE.equal?(payload)
          @payload = payload
        end
        @fields = @fields.merge(fields)
        inspect_by(inspection)
      end

      # @param count [Integer, Symbol] +:once+, +:twice+, +:thrice+ or a number
      # @return [self]
      def exactly(count, &inspection)
        expect_count(:exactly, count)
        inspect_by(inspection)
      end

      # @param (see #exactly)
      # @return [self]
      def at_least(count, &inspection)
        expect_count(:at_least, count)
        inspect_by(inspection)
      end

      # @param (see #exactly)
      # @return [self]
      def at_most(count, &inspection)
        expect_count(:at_most, count)
        inspect_by(inspection)
      end

      # @return [self]
      def once(&inspection)
        exactly(:once, &inspection)
      end

      # @return [self]
      def twice(&inspection)
        exactly(:twice, &inspection)
      end

      # @return [self]
      def thrice(&inspection)
        exactly(:thrice, &inspection)
      end

      # Reads well after a number.
      #
      # @return [self]
      def times(&inspection)
        inspect_by(inspection)
      end

      def supports_block_expectations?
        true
      end

      def supports_value_expectations?
        false
      end

      # @yieldparam message [Message] each that was found: RSpec gives what stands behind +to+ as do ... end
      def matches?(block, &inspection)
        inspect_by(inspection)
        return false unless look(block)

        matched = counted?
        @found.each(&@inspection) if matched && @inspection
        matched
      end

      # Without a number: that there is none at all.
      def does_not_match?(block, &inspection)
        inspect_by(inspection)
        raise ArgumentError, "a block looks at what was published: it goes with `to`, not with `not_to`" if @inspection

        return false unless look(block)

        @relation ? !counted? : @found.empty?
      end

      def description
        "publish #{wanted}"
      end

      def failure_message
        "expected #{wanted} to be published, #{@published ? Testing.outcome(@found, @published) : NO_BLOCK}"
      end

      def failure_message_when_negated
        wished = @relation ? "#{wanted} not" : expectation.phrase("no")
        "expected #{wished} to be published, #{@published ? Testing.surprise(@found) : NO_BLOCK}"
      end

      private

      COUNTS = { once: 1, twice: 2, thrice: 3 }.freeze
      NO_BLOCK = "but was not given a block"
      private_constant :COUNTS, :NO_BLOCK

      def expect_count(relation, count)
        number = COUNTS.fetch(count, count)
        unless number.is_a?(Integer) && !number.negative?
          raise ArgumentError, "#{relation} takes :once, :twice, :thrice or a number, not #{count.inspect}"
        end

        @relation = relation
        @count = number
        self
      end

      def inspect_by(inspection)
        @inspection = inspection if inspection
        self
      end

      # One, unless something else was said.
      def counted?
        case @relation
        when :at_least then @found.size >= @count
        when :at_most then @found.size <= @count
        else @found.size == (@count || 1)
        end
      end

      def wanted
        limit = { at_least: "at least", at_most: "at most" }[@relation]
        expectation.phrase([ limit, Testing.number(@count || 1) ].compact.join(" "))
      end

      def expectation
        Testing::Expectation.new(@channel, @event, @payload, @fields)
      end

      # @return [Boolean] whether there is a block at all
      def look(block)
        asked = expectation
        return false unless Proc === block

        @published = Testing.capture(&block)
        @found = @published.select { |message| asked.match?(message) }
        true
      end
    end
  end
end
