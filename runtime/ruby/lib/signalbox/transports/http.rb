# frozen_string_literal: true

require "json"
require "net/http"
require "timeout"
require "uri"

module Signalbox
  module Transports
    # The gateway's memory broker: +POST /publish+. For development, and for one gateway without Redis.
    class Http
      # Where `signalbox dev` leaves the key that it made, below the application's folder.
      KEY_FILE = File.join("tmp", "signalbox.key")
      # The gateway's own default.
      DEFAULT_PORT = 8081
      # The gateway takes no more in one request: messages, and bytes of all of them as it reads them.
      MAX_MESSAGES = 1000
      MAX_BYTES = 4 * 1024 * 1024
      # What is read of an answer that is an error, in bytes.
      MAX_ANSWER = 200
      # Seconds between two tries to reach a gateway that is about to come.
      PAUSE = 0.02
      URL_MESSAGE = "Signalbox: `c.url` (SIGNALBOX_URL) must be http://host:port or https://host:port, without user and " \
        "password, or nil"
      private_constant :PAUSE, :URL_MESSAGE

      # @param url [String, nil] of the gateway; nil: looked up at each delivery, see {DevelopmentGateway}
      # @param key [String, nil] nil: the one that `signalbox dev` made
      # @param timeout [Float] seconds
      # @raise [ConfigurationError]
      def initialize(url:, key:, timeout:)
        @uri = publish_uri(url) if url
        @key = key
        @timeout = timeout
      end

      # @param messages [Array<Message>]
      # @return [nil]
      # @raise [DeliveryError]
      def deliver(messages)
        port = DevelopmentGateway.port unless @uri
        uri = @uri || publish_uri("http://127.0.0.1:#{port || DEFAULT_PORT}")
        entries = messages.map { |message| JSON.generate({ "channel" => message.channel, "message" => message.text }) }
        requests(entries) { |slice| post(uri, "[#{slice.join(",")}]", port ? @timeout : 0) }
        nil
      end

      # Without the key.
      def inspect
        "#<#{self.class} #{@uri}>"
      end

      private

      # A user and a password would show wherever the URL does, and the gateway takes a key only.
      def publish_uri(url)
        uri = URI.parse(url)
        return URI.join(url.end_with?("/") ? url : "#{url}/", "publish") if uri.is_a?(URI::HTTP) && uri.host && uri.userinfo.nil?

        raise ConfigurationError, URL_MESSAGE
      rescue URI::Error
        raise ConfigurationError, URL_MESSAGE, cause: nil
      end

      # Yields the entries in order, as many at a time as the gateway takes.
      def requests(entries)
        slice = []
        bytes = 1
        entries.each do |entry|
          if slice.size == MAX_MESSAGES || (slice.any? && bytes + entry.bytesize + 1 > MAX_BYTES)
            yield slice
            slice = []
            bytes = 1
          end
          slice << entry
          bytes += entry.bytesize + 1
        end
        yield slice unless slice.empty?
      end

      # @param patience [Numeric] seconds in which a gateway that listens nowhere may come: between two of `signalbox dev`
      #   there is none for a moment, and what was refused has not gone out
      def post(uri, body, patience)
        headers = { "Content-Type" => "application/json", "Authorization" => "Bearer #{key(uri)}" }
        request = Net::HTTP::Post.new(uri, headers)
        request.body = body
        # Ruby counts the time from byte to byte: a gateway that sends one now and then must not hold a request either.
        # Left before the answer is read to its end, however long it is.
        Timeout.timeout(3 * @timeout) do
          connect(uri, patience) { |http| http.request(request) { |response| return check(uri, response) } }
        end
      rescue Errno::ECONNREFUSED
        raise DeliveryError, "no gateway listens on #{uri.host}:#{uri.port}; is it running? (npx signalbox dev)"
      end

      # A connection each time: nothing to share between threads or to inherit by a fork.
      def connect(uri, patience, &block)
        waited = 0
        begin
          http = Net::HTTP.new(uri.host, uri.port, nil)
          http.use_ssl = uri.scheme == "https"
          http.open_timeout = http.read_timeout = http.write_timeout = @timeout
          http.max_retries = 0
          http.start(&block)
        rescue Errno::ECONNREFUSED
          raise if waited >= patience

          waited += PAUSE
          sleep PAUSE
          retry
        end
      end

      def check(uri, response)
        return nil if response.is_a?(Net::HTTPSuccess)

        hint = case response.code
        when "401" then "the gateway does not take this key; set SIGNALBOX_PUBLISH_KEY to the gateway's"
        when "404" then "the gateway has no POST /publish; where it runs on Redis, set REDIS_URL here as well"
        else beginning(response)
        end
        raise DeliveryError, "#{uri} answered #{response.code}: #{hint}"
      end

      # On one line, without what a log could not show.
      def beginning(response)
        text = +""
        response.read_body do |part|
          text << part
          break if text.bytesize >= MAX_ANSWER
        end
        text.byteslice(0, MAX_ANSWER).force_encoding(Encoding::UTF_8).scrub.gsub(/[[:cntrl:]]+/, " ").strip
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
