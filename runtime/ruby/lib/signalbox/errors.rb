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
    # @return [String] the channel's pattern: +room:{roomId}+
    attr_reader :channel
    # @return [String] the event's name on the wire
    attr_reader :event
    # @return [Array<Wire::Issue>] all that is wrong: path, code, message, and what was given
    attr_reader :issues

    # @param channel [String]
    # @param event [String]
    # @param issues [Array<Wire::Issue>]
    # @param unknown [Array<String>] names that were given and that the contract does not have
    def initialize(channel:, event:, issues:, unknown: [])
      @channel = channel
      @event = event
      # A parameter that is a field as well is wrong twice.
      @issues = issues.uniq(&:to_s).freeze
      super("#{channel} #{event}: #{@issues.join("; ")}#{about(unknown)}".gsub(/[\r\n]+/, " "))
    end

    private

    # As many names as help, and each as long as names are.
    def about(unknown)
      return "" if unknown.empty?

      names = unknown.first(5).map { |name| Wire::Issue.readable(name)[0, 40].inspect }
      "; given, but not in the contract: #{names.join(", ")}#{", ..." if unknown.size > 5}"
    end
  end
end
