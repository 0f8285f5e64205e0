# frozen_string_literal: true

module Signalbox
  # Publishes one message that was validated and encoded when it was asked for; tries again where the broker is away, so
  # that a message whose connection was lost midway may come twice, both times with the same id.
  class PublishJob < ::ActiveJob::Base
    # Rails 7.1 renamed it.
    WAIT = ::ActiveJob.version >= ::Gem::Version.new("7.1") ? :polynomially_longer : :exponentially_longer
    # The envelope is one level around the payload.
    MAX_NESTING = Wire::MAX_DEPTH + 1
    private_constant :WAIT, :MAX_NESTING

    # One of them is the payload.
    self.log_arguments = false

    retry_on DeliveryError, wait: WAIT, attempts: 5

    # We wait for the transaction ourselves, or are told not to. Rails 7.2 has a word for it, and later ones false.
    if respond_to?(:enqueue_after_transaction_commit=)
      self.enqueue_after_transaction_commit = ::ActiveJob.version < ::Gem::Version.new("8.0") ? :never : false
    end

    # @return [Array<String>]
    def self.arguments_of(message)
      [ message.channel, message.event, message.id, message.text ]
    end

    # Where ActiveJob returns false, what an adapter said by its EnqueueError or that a callback threw +:abort+ is raised:
    # nobody looks at what a retry returns, and the message would be gone without a word.
    #
    # @raise [ActiveJob::EnqueueError, DeliveryError]
    def enqueue(...)
      super || raise(enqueue_error || DeliveryError.new("the job could not be enqueued: a callback of ActiveJob stopped it"))
    end

    def perform(channel, event, id, text)
      message = Message.new(channel, event, JSON.parse(text, max_nesting: MAX_NESTING).fetch("d"), id, text)
      Delivery.send_now([ message ], deferred: true)
    end
  end
end
