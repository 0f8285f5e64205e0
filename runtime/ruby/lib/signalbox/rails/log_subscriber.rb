# frozen_string_literal: true

require "active_support/log_subscriber"

module Signalbox
  # One line in Rails' log for each message: what, where to, how much; never what was in it.
  class LogSubscriber < ::ActiveSupport::LogSubscriber
    # @param event [ActiveSupport::Notifications::Event]
    def publish(event)
      # Absent where the delivery failed, and where its thread was killed meanwhile, of which there is no exception.
      receivers = event.payload.fetch(:receivers) { return }
      event.payload[:messages].each_with_index do |message, index|
        count = receivers&.at(index)
        gateways = ", #{count} #{count == 1 ? "gateway" : "gateways"}" if count
        debug { "#{label} #{message.event} -> #{message.channel} (#{message.bytes} B#{gateways}, #{event.duration.round(1)} ms)" }
      end
    end

    # Where nobody reads debug lines, no event is made for them. Rails 7.0 cannot tell.
    subscribe_log_level :publish, :debug if respond_to?(:subscribe_log_level, true)

    # Asked at each publish, so by the shortest way.
    def silenced?(_event)
      !(Signalbox.configuration.logger || ::Rails.logger)&.debug?
    end

    # @return [Logger, nil] as for Rails' own lines, nil where there is none: standard error is for errors
    def logger
      Signalbox.configuration.logger || ::Rails.logger
    end

    private

    # Coloured where Rails' own lines are: `config.colorize_logging`.
    def label
      color("[Signalbox]", :magenta)
    end
  end
end
