# frozen_string_literal: true

require "json"

module Signalbox
  # The gateway that `signalbox dev` runs on this machine. It leaves its port in a file below the application's folder,
  # which is read anew each time, since either side may start first.
  module DevelopmentGateway
    FILE = File.join("tmp", "signalbox.json")
    # Hosts of pages that the gateway takes in development. Cookies belong to a host, so a page stays on its own.
    PAGE_HOSTS = %w[localhost 127.0.0.1].freeze
    PORTS = 1..65_535
    private_constant :PORTS

    class << self
      # @return [Integer, nil] nil where none runs, and outside development
      def port
        return unless Environment.name == "development"

        path = File.join(Environment.root, FILE)
        text = read(path)
        text && parse(text, path)
      end

      # @param host [String, nil] of the page
      # @return [String, nil] where a page of that host finds the gateway; nil where it does not run, or takes no such page
      def page_url(host)
        return unless PAGE_HOSTS.include?(host)

        port&.then { |port| "ws://#{host}:#{port}/realtime" }
      end

      private

      # Rails' key goes to that port: nobody else may have written it.
      def read(path)
        File.open(path, File::RDONLY | File::NOFOLLOW | File::NONBLOCK) do |file|
          stat = file.stat
          next distrust(path, "is no file of this process's user") unless stat.file? && stat.owned?
          next distrust(path, "can be written by others") unless stat.mode.nobits?(0o022)

          file.read(1024)
        end
      rescue Errno::ENOENT
        nil
      rescue Errno::ELOOP
        distrust(path, "is a symbolic link")
      rescue SystemCallError => error
        distrust(path, "cannot be read (#{error.class})")
      end

      def parse(text, path)
        case JSON.parse(text, symbolize_names: true)
        in { pid: Integer => pid, port: Integer => port } if pid.positive? && PORTS.cover?(port)
          port if running?(pid)
        else
          distrust(path, "does not name a process and a port")
        end
      rescue JSON::ParserError
        distrust(path, "is no JSON")
      end

      # A gateway that was killed leaves its file behind.
      def running?(pid)
        Process.kill(0, pid)
        true
      rescue Errno::ESRCH, Errno::EPERM, RangeError
        false
      end

      def distrust(path, why)
        Report.warn("does not use #{path}: it #{why}. Delete it, and start signalbox dev again.")
        nil
      end
    end
  end
end
