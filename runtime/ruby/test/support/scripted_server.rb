# frozen_string_literal: true

require "io/wait"
require "socket"

# A server on a free port that answers as the block says: for what no real one can be brought to say.
class ScriptedServer
  # @yieldparam connection [TCPSocket]
  # @yieldparam text [String] what has come in
  def initialize(&answer)
    @answer = answer
    @server = TCPServer.new("127.0.0.1", 0)
    @threads = [ Thread.new { loop { serve(@server.accept) } } ]
  end

  def port
    @server.addr[1]
  end

  def url
    "redis://127.0.0.1:#{port}"
  end

  def close
    @threads.each(&:kill)
    @server.close
  end

  private

  def serve(connection)
    @threads << Thread.new {
      begin
        loop { @answer.call(connection, connection.readpartial(65_536)) }
      rescue IOError, SystemCallError
        # The client hung up.
      ensure
        connection.close
      end
    }
  end
end
