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
    # How many issues and names the message shows, and how many characters of each.
    MAX_ISSUES = 20
    MAX_NAMES = 5
    MAX_LENGTH = 400
    private_constant :MAX_ISSUES, :MAX_NAMES, :MAX_LENGTH

    # @return [Array<Wire::Issue>] all that is wrong, and so no more than the payload has values: path, code, message, and
    #   what was given
    attr_reader :issues

    # @param channel [String]
    # @param event [String]
    # @param issues [Array<Wire::Issue>]
    # @param misnamed [Array<String>] what was given and the contract does not have, see {Misnamed}
    def initialize(channel:, event:, issues:, misnamed: [])
      # A parameter that is a field as well is wrong twice.
      @issues = issues.uniq { |issue| [ issue.path, issue.code, issue.message ] }.freeze
      message = "#{channel} #{event}: #{summary}#{about(misnamed)}".gsub(/[\r\n]+/, " ")
      super(message, channel: channel, event: event)
    end

    private

    # As much as somebody reads: this goes into a line of a log.
    def summary
      more = issues.size - MAX_ISSUES
      [ *issues.first(MAX_ISSUES).map { |issue| shorten(issue.to_s) }, *("and #{more} more" if more.positive?) ].join("; ")
    end

    # As many names as help.
    def about(misnamed)
      return "" if misnamed.empty?

      names = misnamed.first(MAX_NAMES).map { |name| shorten(name.inspect) }
      "; given, but not in the contract: #{names.join(", ")}#{", ..." if misnamed.size > MAX_NAMES}"
    end

    def shorten(text)
      text.length <= MAX_LENGTH ? text : "#{text[0, MAX_LENGTH - 3]}..."
    end
  end
end
