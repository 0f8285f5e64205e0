# frozen_string_literal: true

module Signalbox
  # Whether a configuration can work. Nothing is connected to find out, and no text is shown: it may be a secret.
  module ConfigurationCheck
    # What each setting must be, in words and as a test. Clients and the gateway's address are tried by their transports.
    RULES = {
      transport: [
        ":redis, :http, :test, an object that responds to `deliver`, or nil, which finds one",
        ->(value) { [ nil, :redis, :http, :test ].include?(value) || value.respond_to?(:deliver) }
      ],
      prefix: [ 'a String such as "staging:", or "" for none', ->(value) { value.is_a?(String) } ],
      publish_key: [
        "a String on one line, the gateway's SIGNALBOX_PUBLISH_KEY, or nil",
        ->(value) { value.nil? || (value.is_a?(String) && value.match?(/\A[^[:cntrl:]]+\z/)) }
      ],
      timeout: [
        "a number of seconds above 0, such as 0.5", ->(value) { value.is_a?(Numeric) && value.to_f.finite? && value.positive? }
      ],
      max_bytes: [
        "a number of bytes above 0, such as 1024 * 1024: what the gateway has", ->(value) { value.is_a?(Integer) && value.positive? }
      ],
      violations: [ ":raise, :report or nil", ->(value) { [ nil, :raise, :report ].include?(value) } ],
      reporter: [
        "a lambda that takes (error, context), an object with such a `call`, or nil for Rails.error",
        ->(value) { value.nil? || loose_proc?(value) || (value.respond_to?(:call) && Arity.takes?(value, 2)) }
      ],
      logger: [
        "a Logger, an object with its debug?, debug, warn and error, or nil for Rails.logger",
        ->(value) { value.nil? || %i[debug? debug warn error].all? { |name| value.respond_to?(name) } }
      ],
      events_module: [
        'the name of the generated module, such as "Events"',
        ->(value) { value.is_a?(String) && value.match?(/\A[A-Z]\w*(?:::[A-Z]\w*)*\z/) }
      ],
      gateway_url: [
        'a wss:// or https:// URL without user and password, a path such as "/realtime", or nil',
        ->(value) { value.nil? || (value.is_a?(String) && page_url?(value)) }
      ],
      page_user: [
        "a lambda that takes (request), an object with such a `call`, or nil, which finds who is signed in",
        ->(value) { value.nil? || loose_proc?(value) || (value.respond_to?(:call) && Arity.takes?(value, 1)) }
      ]
    }.freeze
    private_constant :RULES

    class << self
      # @param configuration [Configuration]
      # @return [void]
      # @raise [ConfigurationError] says which setting is wrong, and what to write
      def call(configuration)
        RULES.each do |setting, (expected, fits)|
          value = configuration.public_send(setting)
          next if instance_exec(value, &fits)

          raise ConfigurationError, "Signalbox: `c.#{setting}` must be #{expected}, but is #{shown(value)}"
        end
        Transports::Redis.new(configuration.redis, configuration.prefix) if configuration.redis
        Transports.http(configuration) if configuration.url
      end

      private

      # A block takes what it is given, and leaves the rest.
      def loose_proc?(value)
        value.is_a?(Proc) && !value.lambda?
      end

      # Loads URI where it is needed: outside Rails it would be most of what the runtime costs at boot.
      def page_url?(text)
        require "uri"
        uri = URI.parse(text)
        return false if uri.userinfo
        return text.start_with?("/") if uri.scheme.nil?

        %w[ws wss http https].include?(uri.scheme) && !uri.host.to_s.empty?
      rescue URI::Error
        false
      end

      def shown(value)
        case value
        when nil, true, false, Symbol, Numeric then value.inspect
        else "a value of class #{value.class}"
        end
      end
    end
  end
end
