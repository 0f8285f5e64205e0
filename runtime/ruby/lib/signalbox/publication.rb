# frozen_string_literal: true

module Signalbox
  # What publishing means: validated at once; then collected, deferred or sent; raised or reported.
  module Publication
    class << self
      # @param event [Event]
      # @param parameters [Array<Object>] see {Event#message}
      # @param payload [Object]
      # @param options [Options]
      # @param keywords [Hash, nil] see {Event#message}
      # @param raising [Boolean] whether this is the twin with the exclamation mark
      # @return [String, nil] the message's id; nil where something went wrong that was reported
      # @raise [ContractViolation] outside production, or if raising
      # @raise [DeliveryError] if raising
      def publish(event, parameters, payload, options, keywords, raising:)
        message = event.message(parameters, payload, keywords)
        batch = Batch.current
        return batch.add(message, options) if batch

        message.id if Delivery.call([ message ], options, raising: raising)
      rescue ContractError => error
        refuse(error, raising: raising)
      end

      # Inside of a rescue: what breaks the contract is reported where this process should not raise it. A batch that it
      # is in is not sent.
      #
      # @return [nil]
      # @raise [ContractError] the error itself
      def refuse(error, raising:)
        batch = Batch.current
        batch&.spoil(error)
        raise if raising || batch&.raising? || !Environment.report_violations?

        Report.call(error)
      end
    end
  end
end
