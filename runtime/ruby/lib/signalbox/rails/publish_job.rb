# frozen_string_literal: true

module Signalbox
  # Publishes one message that was validated and encoded when it was asked for; tries again where the broker is away, so
  # that a message whose connection was lost midway may come twice, both times with the same id.
  class PublishJob < ::ActiveJob::Base
    # Rails 7.1 renamed it.
    WAIT = ::ActiveJob.version >= ::Gem::Version.new("7.1") ? :polynomially_longer : :exponentially_longer
    private_constant :WAIT

    retry_on DeliveryError, wait: WAIT, attempts: 5

    # We wait for the transaction ourselves.
    self.enqueue_after_transaction_commit = :never if ::ActiveJob.version.segments.first(2) == [ 7, 2 ]

    # @return [Array<String>]
    def self.arguments_of(message)
      [ message.channel, message.event, message.id, message.text ]
    end

    def perform(channel, event, id, text)
      message = Message.new(channel, event, JSON.parse(text).fetch("d"), id, text)
      Delivery.send_now([ message ], deferred: true)
    end
  end
end
