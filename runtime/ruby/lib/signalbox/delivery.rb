# frozen_string_literal: true

module Signalbox
  # From messages to the broker: after the transaction or now, by this thread or by a job.
  module Delivery
    # The name under which ActiveSupport::Notifications tells of each delivery.
    NOTIFICATION = "publish.signalbox"

    class << self
      # @param messages [Array<Message>] they go out in one round trip
      # @param options [Options]
      # @param raising [Boolean] whether the caller wants a {DeliveryError}; it cannot have one where the delivery waits
      #   for a transaction: the row is committed by then, and other callbacks wait for their turn
      # @return [Boolean] false where delivery failed and was reported; true also where it is still to come
      # @raise [DeliveryError]
      def call(messages, options, raising:)
        return attempt(messages, options, raising: raising) if options.commit == :now || Transaction.none?

        delivered = true
        waiting = false
        Transaction.after_commit do
          delivered = attempt(messages, options, raising: raising && !waiting, deferred: waiting)
        end
        waiting = true
        delivered
      end

      # By this thread or by a job, whatever the transactions say.
      #
      # @return [Boolean] false where it failed and was reported
      # @raise [DeliveryError] if raising
      def attempt(messages, options, raising:, deferred: false)
        options.later ? enqueue(messages, options.later) : send_now(messages, deferred: deferred)
        true
      rescue DeliveryError => error
        raise if raising

        Report.call(error, **about(messages))
        false
      end

      # Sends now, in this thread.
      #
      # @raise [DeliveryError]
      def send_now(messages, deferred: false)
        transport = Signalbox.transport
        begin
          told = defined?(::ActiveSupport::Notifications) && ::ActiveSupport::Notifications.notifier.listening?(NOTIFICATION)
        rescue StandardError => error
          told = Report.subscriber(error, NOTIFICATION, **about(messages))
        end
        return transport.deliver(messages) unless told

        send_and_tell(transport, messages, deferred)
      rescue DeliveryError
        raise
      rescue ConfigurationError => error
        raise DeliveryError, error.message
      rescue StandardError => error
        raise DeliveryError, "#{error.class}: #{error.message}"
      end

      private

      # What a subscriber raises says nothing of the delivery, and comes too late or too early for it.
      def send_and_tell(transport, messages, deferred)
        payload = { messages: messages, bytes: messages.sum(&:bytes), transport: transport.class.name, deferred: deferred }
        begun = failure = nil
        begin
          ::ActiveSupport::Notifications.instrument(NOTIFICATION, payload) do
            begun = true
            payload[:receivers] = counts(transport.deliver(messages), messages)
          rescue StandardError => failure
            raise
          end
        rescue StandardError => error
          Report.subscriber(error, NOTIFICATION, **about(messages)) unless error.equal?(failure)
        end
        raise failure if failure

        transport.deliver(messages) unless begun
      end

      # Transports of the application's own return whatever their last line does.
      #
      # @return [Array<Integer, nil>, nil]
      def counts(receivers, messages)
        return unless Array === receivers && receivers.size == messages.size

        receivers if receivers.all? { |count| count.nil? || Integer === count }
      end

      # For a batch, each of the three is a list.
      def about(messages)
        of = ->(part) { messages.one? ? messages.first.public_send(part) : messages.map(&part).uniq }
        { channel: of.call(:channel), event: of.call(:event), id: of.call(:id) }
      end

      def enqueue(messages, settings)
        unless defined?(::ActiveJob)
          raise DeliveryError, "publishing later needs ActiveJob, which is not loaded"
        end

        messages.each { |message| PublishJob.set(**settings).perform_later(*PublishJob.arguments_of(message)) }
      rescue DeliveryError
        raise
      rescue StandardError => error
        raise DeliveryError, "the job could not be enqueued: #{error.class}: #{error.message}"
      end
    end
  end
end
