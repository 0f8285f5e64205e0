# frozen_string_literal: true

require "logger"

module Signalbox
  # What can be set in +Signalbox.configure+. Everything has a default; nothing is connected by setting it.
  class Configuration
    # @return [String] put before every Redis channel; +SIGNALBOX_PREFIX+. The gateway must have the same.
    attr_accessor :prefix
    # @return [Object, nil] a Redis client, a pool, or a lambda that takes (channel, text)
    attr_accessor :redis
    # @return [Symbol, #deliver, nil] +:redis+, +:http+, +:test+, or an object of your own; nil finds one
    attr_accessor :transport
    # @return [String, nil] where the gateway's memory broker listens; +SIGNALBOX_URL+. nil: in development where
    #   `signalbox dev` has it, else http://127.0.0.1:8081
    attr_accessor :url
    # @return [String, nil] bearer key of +POST /publish+; +SIGNALBOX_PUBLISH_KEY+
    attr_accessor :publish_key
    # @return [Float] how long connecting, reading and writing may each take, in seconds; 0.5
    attr_accessor :timeout
    # @return [Integer] the largest message, in bytes; 1 MiB, as the gateway has it
    attr_accessor :max_bytes
    # @return [Symbol, nil] +:raise+ or +:report+: what +publish+ does where the contract is broken; nil: +:report+ in
    #   Rails' production environment, else +:raise+
    attr_accessor :violations
    # @return [#call, nil] takes (error, context) of what was reported rather than raised; nil: +Rails.error+
    attr_accessor :reporter
    # @return [Logger, nil] nil: +Rails.logger+, else standard error
    attr_accessor :logger
    # @return [String] name of the generated module
    attr_accessor :events_module
    # @return [String, nil] where browsers find the gateway, for +signalbox_meta_tags+; +SIGNALBOX_GATEWAY_URL+. nil: in
    #   development where `signalbox dev` has it, else +/realtime+ of the page's origin
    attr_accessor :gateway_url
    # @return [#call, nil] takes the request, and gives who a page is rendered for, as `identify` in gateway.ts says it of
    #   the connection: an id, a record, an Array of those, or nil for nobody. nil: whom session and cookies name as signed
    #   in by Devise, by Rails 8's own authentication, or as +user_id+ and the like. For +signalbox_meta_tags+
    attr_accessor :page_user

    def initialize
      @prefix = ENV.fetch("SIGNALBOX_PREFIX", "")
      @url = Environment.variable("SIGNALBOX_URL")
      @publish_key = Environment.variable("SIGNALBOX_PUBLISH_KEY")
      @gateway_url = Environment.variable("SIGNALBOX_GATEWAY_URL")
      @redis = @transport = @violations = @reporter = @logger = @page_user = nil
      @timeout = 0.5
      @max_bytes = 1024 * 1024
      @events_module = "Events"
    end

    # Without its values, some of which are secret.
    def inspect
      "#<#{self.class}>"
    end
  end

  @mutex = Mutex.new
  @configuration = Configuration.new.freeze

  class << self
    # @return [Configuration] read it; change it through {configure}
    attr_reader :configuration

    # Changes the configuration. The connection that there is, if any, is let go; the next publish makes another. Where
    # a setting cannot work or the block raises, all stays as it was.
    #
    # @example
    #   Signalbox.configure { |c| c.redis = RedisClient.config(url: ENV["REDIS_URL"]).new_pool }
    # @yieldparam configuration [Configuration]
    # @return [Configuration]
    # @raise [ConfigurationError] says which setting is wrong, and what to write
    def configure
      @mutex.synchronize do
        changed = @configuration.dup
        yield changed
        ConfigurationCheck.call(changed)
        @configuration = changed.freeze
        @transport = nil
      end
      @configuration
    end

    # @api private
    # @return [Module] what codegen generated, by the name that +events_module+ has
    # @raise [NameError] there is none
    def events
      Object.const_get(configuration.events_module)
    end

    # @api private
    # @return [Boolean] whether {events} is there, or can be autoloaded
    def events?
      Object.const_defined?(configuration.events_module)
    end

    # Made by the first publish, once for all threads.
    #
    # @return [#deliver]
    # @raise [ConfigurationError] there is none to be found
    def transport
      @transport || @mutex.synchronize { @transport ||= Transports.resolve(@configuration) }
    end

    # @return [#debug, #info, #warn, #error]
    def logger
      @configuration.logger || Environment.rails_logger || (@stderr_logger ||= Logger.new($stderr, progname: "signalbox"))
    end
  end
end
