# frozen_string_literal: true

require "fileutils"
require "net/http"
require "securerandom"
require "socket"
require_relative "../transports/buffer"

module Signalbox
  module Testing
    # The gateway of system tests: +signalbox dev+ in a process of its own, on a port of its own, with a broker in its own
    # memory. It starts with the first system test and ends with the process. Where a gateway runs already that tests are
    # to use (in another container, say), +SIGNALBOX_TEST_URL+ is its http address and +SIGNALBOX_PUBLISH_KEY+ its key.
    class Gateway
      # How long the first start may take, which bundles the handlers; in seconds.
      PATIENCE = 60
      # How long one delivery may take, in seconds: a busy machine is no failure.
      TIMEOUT = 5

      @mutex = Mutex.new

      class << self
        # @return [Array<String>] what starts it; default: +node_modules/.bin/signalbox dev --no-announce+
        attr_writer :command
        # @return [String, Pathname] where it is started, which is where +signalbox.config.ts+ is; default: +Rails.root+
        attr_writer :folder

        def command
          @command || [ File.join("node_modules", ".bin", "signalbox"), "dev", "--no-announce" ]
        end

        def folder
          (@folder || Environment.root).to_s
        end

        # @return [Gateway] the one of this process, which is started where there is none; a fork gets another
        # @raise [Error] it does not start
        def current
          @mutex.synchronize do
            @current = nil unless @current&.of_this_process?
            @current ||= existing || start
          end
        end

        private

        def existing
          url = Environment.variable("SIGNALBOX_TEST_URL")
          return unless url

          key = Environment.variable("SIGNALBOX_PUBLISH_KEY")
          new(url: url, key: key || raise(ConfigurationError, "SIGNALBOX_TEST_URL needs the gateway's SIGNALBOX_PUBLISH_KEY"))
        end

        def start
          port = TCPServer.open("127.0.0.1", 0) { |server| server.addr[1] }
          gateway = new(url: "http://127.0.0.1:#{port}", key: SecureRandom.hex(32))
          gateway.start(command, folder)
          gateway
        end
      end

      # @return [String] where the browser finds it: +ws://127.0.0.1:4711/realtime+
      attr_reader :page_url
      # @return [Buffer] sends as in production, and keeps what it sent, so that assertions hold in system tests too
      attr_reader :transport

      # @param url [String] http address
      # @param key [String] bearer key of +POST /publish+
      def initialize(url:, key:)
        @url = url.delete_suffix("/")
        @key = key
        @owner = Process.pid
        @page_url = "#{@url.sub(/\Ahttp/, "ws")}/realtime"
        @transport = LiveTransport.new(Transports::Http.new(url: @url, key: key, timeout: TIMEOUT))
      end

      # @return [Boolean]
      def of_this_process?
        @owner == Process.pid
      end

      # @param command [Array<String>]
      # @param folder [String]
      # @return [void]
      # @raise [Error] it ends, or does not answer in time
      def start(command, folder)
        @log = File.join(Environment.root, "log", "signalbox.test.log")
        FileUtils.mkdir_p(File.dirname(@log))
        @pid = Process.spawn(environment, *command, chdir: folder, in: File::NULL, out: @log, err: [ :child, :out ])
        at_exit { stop }
        wait_until_ready
      rescue Errno::ENOENT
        raise Error, "Signalbox cannot start the gateway: there is no #{command.first} in #{folder}. Install it there (npm " \
          "install), or set Signalbox::Testing::Gateway.command and .folder"
      end

      private

      # What is in .env is for development: both sides are told everything that they must agree on.
      def environment
        {
          "PORT" => URI(@url).port.to_s,
          "REDIS_URL" => "",
          "SIGNALBOX_URL" => @url,
          "SIGNALBOX_GATEWAY_URL" => @page_url,
          "SIGNALBOX_PUBLISH_KEY" => @key,
          "SIGNALBOX_PREFIX" => "",
          "SECRET_KEY_BASE" => ::Rails.application.secret_key_base,
          "SESSION_KEY" => ::Rails.application.config.session_options[:key]
        }
      end

      def wait_until_ready
        deadline = Process.clock_gettime(Process::CLOCK_MONOTONIC) + PATIENCE
        until ready?
          raise Error, failure("has ended") if Process.wait(@pid, Process::WNOHANG)
          raise Error, failure("did not answer within #{PATIENCE} s") if Process.clock_gettime(Process::CLOCK_MONOTONIC) > deadline

          sleep 0.05
        end
      end

      def ready?
        Net::HTTP.get_response(URI("#{@url}/readyz")).is_a?(Net::HTTPSuccess)
      rescue SystemCallError, IOError, Timeout::Error
        false # It does not listen yet; that it has ended is told by its process.
      end

      def failure(how)
        "the gateway for system tests #{how}. Its last words, of #{@log}:\n#{File.readlines(@log).last(20).join}"
      end

      def stop
        return unless of_this_process?

        Process.kill("TERM", @pid)
        Process.wait(@pid)
      rescue Errno::ESRCH, Errno::ECHILD
        nil # It has ended before.
      end

      # Messages go to the gateway first: what did not arrive was not published.
      class LiveTransport < Transports::Buffer
        def initialize(transport)
          super()
          @transport = transport
        end

        def deliver(messages)
          @transport.deliver(messages)
          super
        end
      end
      private_constant :LiveTransport
    end
  end
end
