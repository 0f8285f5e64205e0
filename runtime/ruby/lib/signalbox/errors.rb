# frozen_string_literal: true

module Signalbox
  # Everything that this library raises of its own.
  class Error < StandardError
  end

  # No transport is configured, or its configuration cannot work.
  class ConfigurationError < Error
  end

  # What the caller wants to publish is not in the contract, or not as the contract has it.
  class ContractError < Error
    # @return [String, nil] the channel's pattern: +room:{roomId}+; for one that there is not, the name that was given
    attr_reader :channel
    # @return [String, nil] the event's name on the wire; for one that there is not, the name that was given
    attr_reader :event

    # @param message [String]
    # @param channel [String, nil]
    # @param event [String, nil]
    def initialize(message = nil, channel: nil, event: nil)
      @channel = channel
      @event = event
      super(message)
    end

    # @return [Hash{Symbol=>String}] channel and event, as far as they are known
    def context
      { channel: channel, event: event }.compact
    end
  end

  # There is no such channel.
  class UnknownChannel < ContractError
  end

  # The channel has no such event.
  class UnknownEvent < ContractError
  end

  # A test asks for a field that no payload of the event has.
  class UnknownField < ContractError
  end

  # The broker did not take the message; +cause+ says why. It may or may not have gone out: it is never sent twice.
  class DeliveryError < Error
  end

  # A payload or a channel's parameter that the contract does not allow.
  class ContractViolation < ContractError
    # @return [Array<Wire::Issue>] all that is wrong: path, code, message, and what was given
    attr_reader :issues

    # @param channel [String]
    # @param event [String]
    # @param issues [Array<Wire::Issue>]
    # @param misnamed [Array<String>] what was given and the contract does not have, see {Misnamed}
    def initialize(channel:, event:, issues:, misnamed: [])
      # A parameter that is a field as well is wrong twice.
      @issues = issues.uniq(&:to_s).freeze
      message = "#{channel} #{event}: #{@issues.join("; ")}#{about(misnamed)}".gsub(/[\r\n]+/, " ")
      super(message, channel: channel, event: event)
    end

    private

    # As many names as help.
    def about(misnamed)
      return "" if misnamed.empty?

      names = misnamed.first(5).map(&:inspect)
      "; given, but not in the contract: #{names.join(", ")}#{", ..." if misnamed.size > 5}"
    end
  end
end
