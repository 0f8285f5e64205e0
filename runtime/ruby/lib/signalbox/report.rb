# frozen_string_literal: true

module Signalbox
  # Where an error goes that must not reach the caller: one line in the log, and +Rails.error+ or the reporter.
  module Report
    class << self
      # @param error [Error]
      # @param context [Hash] channel, event and id of the message; never its payload
      # @return [nil]
      def call(error, **context)
        context = { channel: error.channel, event: error.event } if error.is_a?(ContractViolation)
        log("#{error.class}: #{error.message}")
        hand_over(error, context)
        nil
      end

      private

      # What a reporter raises must reach the caller as little as what it was given: the caller may be a callback after
      # a commit, with others behind it.
      def hand_over(error, context)
        reporter = Signalbox.configuration.reporter
        reporter ? reporter.call(error, context) : rails(error, context)
      rescue StandardError => failure
        log("the reporter raised #{failure.class}: #{failure.message}")
      end

      # On one line, also where Ruby adds the source to a message.
      def log(text)
        Signalbox.logger.error("[signalbox] #{Wire::Issue.readable(text).gsub(/\s*[\r\n]+\s*/, " ").strip}")
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
