# frozen_string_literal: true

module Signalbox
  # ActiveRecord's connection pools, of all databases. They change where a connection is established, of which Rails
  # tells, and with a fork; to list them at each publish would take longer than all that is then asked of them.
  module ConnectionPools
    ESTABLISHED = "!connection.active_record"
    # A thread may have a handler of its own, with pools of its own.
    Known = Struct.new(:handler, :pools)
    private_constant :ESTABLISHED, :Known

    @lock = Mutex.new
    @changes = 0

    class << self
      # @return [Array<ActiveRecord::ConnectionAdapters::ConnectionPool>]
      def all
        handler = ::ActiveRecord::Base.connection_handler
        known = @known
        known && known.handler.equal?(handler) ? known.pools : learn(handler)
      end

      private

      def learn(handler)
        @lock.synchronize { @watching ||= ::ActiveSupport::Notifications.subscribe(ESTABLISHED) { forget } }
        changes = @changes
        known = Known.new(handler, list(handler))
        # What changed meanwhile may be missing in it.
        @known = known
        @known = nil if changes != @changes
        known.pools
      end

      def forget
        @changes += 1
        @known = nil
      end

      # Rails 7.1 gave it a new name.
      def list(handler)
        ::ActiveRecord.version < ::Gem::Version.new("7.1") ? handler.all_connection_pools : handler.connection_pool_list(:all)
      end
    end

    Fork.after { forget }
  end
end
