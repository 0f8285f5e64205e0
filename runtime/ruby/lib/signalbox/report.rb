# frozen_string_literal: true

module Signalbox
  # Where an error goes that must not reach the caller: one line in the log, and +Rails.error+ or the reporter.
  module Report
    class << self
      # @param error [Error]
      # @param context [Hash] channel, event and id of the message, a list of each for several; never its payload. An
      #   error of the contract knows its own.
      # @return [nil]
      def call(error, **context)
        if error.is_a?(ContractError) # Its message says where already.
          log("#{error.class}: #{error.message}")
          hand_over(error, error.context)
        else
          log("#{error.class}: #{names(context)}: #{error.message}")
          hand_over(error, context)
        end
        nil
      end

      # For what somebody else's code raised who was told of a delivery.
      #
      # @param error [StandardError]
      # @param notification [String]
      # @param context [Hash] as in {call}
      # @return [nil]
      def subscriber(error, notification, **context)
        log("a subscriber of #{notification} raised #{error.class}, told of #{names(context)}: #{error.message}")
        hand_over(error, context)
        nil
      end

      # On one line, also where Ruby adds the source to a message.
      #
      # @param text [String] without anything of a payload
      def log(text)
        Signalbox.logger.error(line(text))
      end

      # The same, for what may be meant.
      def warn(text)
        Signalbox.logger.warn(line(text))
      end

      private

      def line(text)
        "[Signalbox] #{Wire::Issue.readable(text).gsub(/\s*[\r\n]+\s*/, " ").strip}"
      end

      # +room:1 typing+, as violations have it; of a batch, as many as help.
      def names(context)
        %i[channel event].map { |part|
          all = Array(context.fetch(part))
          all.size > 5 ? "#{all.first(5).join(", ")}, ..." : all.join(", ")
        }.join(" ")
      end

      # What a reporter raises must reach the caller as little as what it was given: the caller may be a callback after
      # a commit, with others behind it.
      def hand_over(error, context)
        reporter = Signalbox.configuration.reporter
        reporter ? reporter.call(error, context) : rails(error, context)
      rescue StandardError => failure
        log("the reporter raised #{failure.class}: #{failure.message}")
      end

      def rails(error, context)
        return unless defined?(::Rails) && ::Rails.respond_to?(:error) && ::Rails.error

        options = { handled: true, severity: :error, context: context }
        # Rails 7.0 has no source:
        if ::Rails.error.method(:report).parameters.any? { |_, name| name == :source }
          options[:source] = "signalbox"
        end
        ::Rails.error.report(error, **options)
      end
    end
  end
end
