# frozen_string_literal: true

require "json"
require "net/http"
require "uri"

module Signalbox
  module Transports
    # The gateway's memory broker: +POST /publish+. For development, and for one gateway without Redis.
    class Http
      # Where `signalbox dev` leaves the key that it made, below the application's folder.
      KEY_FILE = File.join("tmp", "signalbox.key")
      # The gateway's own default.
      DEFAULT_PORT = 8081
      # The gateway takes no more in one request.
      MAX_MESSAGES = 1000

      # @param url [String, nil] of the gateway; nil: looked up at each delivery, see {DevelopmentGateway}
      # @param key [String, nil] nil: the one that `signalbox dev` made
      # @param timeout [Float] seconds
      def initialize(url:, key:, timeout:)
        @uri = publish_uri(url) if url
        @key = key
        @timeout = timeout
      end

      # @param messages [Array<Message>]
      # @return [nil]
      # @raise [DeliveryError]
      def deliver(messages)
        uri = @uri || publish_uri("http://127.0.0.1:#{DevelopmentGateway.port || DEFAULT_PORT}")
        messages.each_slice(MAX_MESSAGES) { |slice| post(uri, slice) }
        nil
      end

      private

      def publish_uri(url)
        uri = URI.join(url.end_with?("/") ? url : "#{url}/", "publish")
        return uri if uri.is_a?(URI::HTTP)

        raise ConfigurationError, "Signalbox: url is http:// or https://, not #{url}"
      end

      def post(uri, messages)
        headers = { "Content-Type" => "application/json", "Authorization" => "Bearer #{key(uri)}" }
        request = Net::HTTP::Post.new(uri, headers)
        request.body = JSON.generate(messages.map { |m| { "channel" => m.channel, "message" => m.text } })
        check(uri, connect(uri) { |http| http.request(request) })
      rescue Errno::ECONNREFUSED
        raise DeliveryError, "no gateway listens on #{uri.host}:#{uri.port}; is it running? (npx signalbox dev)"
      end

      # A connection each time: nothing to share between threads or to inherit by a fork.
      def connect(uri, &block)
        Net::HTTP.start(
          uri.host,
          uri.port,
          nil,
          use_ssl: uri.scheme == "https",
          open_timeout: @timeout,
          read_timeout: @timeout,
          write_timeout: @timeout,
          max_retries: 0,
          &block
        )
      end

      def check(uri, response)
        return if response.is_a?(Net::HTTPSuccess)

        hint = case response.code
        when "401" then "the gateway does not take this key; set SIGNALBOX_PUBLISH_KEY to the gateway's"
        when "404" then "the gateway has no POST /publish; where it runs on Redis, set REDIS_URL here as well"
        else response.body.to_s[0, 200]
        end
        raise DeliveryError, "#{uri} answered #{response.code}: #{hint}"
      end

      # Read anew each time in development: a restarted gateway may have made another.
      def key(uri)
        return @key if @key

        file = File.join(Environment.root, KEY_FILE)
        return File.read(file).strip if Environment.name == "development" && File.file?(file)

        raise ConfigurationError, "Signalbox has no key for #{uri}: start the gateway (npx signalbox dev makes #{KEY_FILE}) " \
          "or set SIGNALBOX_PUBLISH_KEY"
      end
    end
  end
end
