# frozen_string_literal: true

require_relative "../support/rails_app"
require_relative "../support/deadline"
require "socket"

# What Rails makes of tmp/signalbox.json, which `signalbox dev` writes.
class DevelopmentGatewayTest < Minitest::Test
  FILE = Rails.root.join("tmp/signalbox.json")

  def setup
    Rails.env = "development"
    FILE.dirname.mkpath
    @log = StringIO.new
    Signalbox.configure do |c|
      c.transport = :http
      c.publish_key = "k" * 32
      c.logger = Logger.new(@log)
    end
  end

  def teardown
    Rails.env = "test"
    FILE.delete if FILE.exist? || FILE.symlink?
    Signalbox.configure { |c| c.transport = c.publish_key = c.logger = c.url = c.gateway_url = nil }
  end

  def tell(content = { pid: Process.pid, port: 4711 }, mode: 0o600)
    FILE.write(content.is_a?(String) ? content : JSON.generate(content))
    FILE.chmod(mode)
  end

  def tags(host)
    controller = ActionController::Base.new
    controller.request = ActionDispatch::TestRequest.create("HTTP_HOST" => host)
    controller.view_context.signalbox_meta_tags
  end

  def publish
    Events::Thing.updated!(user_id: 1, contents: "x")
  end

  # @return [String] the first line that a gateway there hears of a publish
  def heard_by(server)
    publisher = Thread.new { publish }
    line = answer(server)
    publisher.value
    line
  end

  # @return [String] the first line of what it took
  def answer(server)
    socket = server.accept
    line = socket.gets
    length = nil
    while (header = socket.gets) != "\r\n"
      length = header[/\Acontent-length: (\d+)/i, 1].to_i if header.match?(/\Acontent-length/i)
    end
    socket.read(length)
    socket.write("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
    line
  ensure
    socket&.close
  end

  def test_publishes_go_where_the_gateway_is_also_where_it_came_later_and_moved
    assert_match(/no gateway listens on 127.0.0.1:\d+/, assert_raises(Signalbox::DeliveryError) {
      Signalbox.configure { |c| c.url = "http://127.0.0.1:1" }
      publish
    }.message)
    Signalbox.configure { |c| c.url = nil }
    2.times do
      server = TCPServer.new("127.0.0.1", 0)
      tell({ pid: Process.pid, port: server.addr[1] })
      assert_match %r{\APOST /publish }, heard_by(server)
    ensure
      server.close
    end
  end

  # As between two gateways of `signalbox dev`.
  def test_a_publish_waits_for_a_gateway_that_is_announced_and_listens_nowhere_yet
    port = TCPServer.open("127.0.0.1", 0) { |server| server.addr[1] }
    tell({ pid: Process.pid, port: port })
    refused = Queue.new
    trace = TracePoint.new(:raise) { |point| refused << true if point.raised_exception.is_a?(Errno::ECONNREFUSED) }
    publisher = Thread.new { trace.enable { publish } }
    refused.pop
    server = TCPServer.new("127.0.0.1", port)
    Deadline.of(20) { answer(server) }
    assert_kind_of String, publisher.value
  ensure
    server&.close
  end

  def test_pages_of_this_machine_are_told_each_under_its_own_host
    tell
    assert_includes tags("localhost:3000"), %(name="signalbox-url" content="ws://localhost:4711/realtime")
    assert_includes tags("127.0.0.1:3000"), %(content="ws://127.0.0.1:4711/realtime")
    refute_includes tags("app.test"), "signalbox-url"
    FILE.delete
    refute_includes tags("localhost:3000"), "signalbox-url"
  end

  def test_what_is_configured_comes_first
    tell
    Signalbox.configure { |c| c.gateway_url = "wss://example.org/realtime" }
    assert_includes tags("localhost:3000"), %(content="wss://example.org/realtime")

    server = TCPServer.new("127.0.0.1", 0)
    Signalbox.configure { |c| c.url = "http://127.0.0.1:#{server.addr[1]}" }
    assert_match %r{\APOST /publish }, heard_by(server)
  ensure
    server&.close
  end

  def test_only_in_development
    tell
    %w[test staging production].each do |env|
      Rails.env = env
      assert_nil Signalbox::DevelopmentGateway.port
      refute_includes tags("localhost:3000"), "signalbox-url"
    end
  end

  def test_a_gateway_that_was_killed_is_not_believed_in
    pid = Process.spawn("true")
    Process.wait(pid)
    tell({ pid: pid, port: 4711 })
    assert_nil Signalbox::DevelopmentGateway.port
    assert_empty @log.string
  end

  UNTRUSTED = {
    "is a symbolic link" => -> { FILE.make_symlink(FILE.sub_ext(".other").tap { |f| f.write("{}") }) },
    "can be written by others" => ->(test) { test.tell(mode: 0o620) },
    "is no file" => -> { File.mkfifo(FILE.to_s) },
    "is no JSON" => ->(test) { test.tell("{\"pid\":") },
    "does not name a process and a port" => ->(test) { test.tell({ pid: Process.pid, port: "4711" }) }
  }.freeze

  UNTRUSTED.each do |why, make|
    define_method(:"test_not_believed_and_told_because_it_#{why.tr(" ", "_")}") do
      make.arity.zero? ? make.call : make.call(self)
      assert_nil Signalbox::DevelopmentGateway.port
      assert_match(/tmp\/signalbox.json: it #{why}/, @log.string)
    end
  end

  [ [], 1, nil, { pid: Process.pid }, { pid: 0, port: 1 }, { pid: -1, port: 1 }, { pid: 1.5, port: 1 },
    { pid: Process.pid, port: 0 }, { pid: Process.pid, port: 65_536 } ].each do |content|
    define_method(:"test_not_believed_#{content.inspect}") do
      tell(JSON.generate(content))
      assert_nil Signalbox::DevelopmentGateway.port
    end
  end

  # Only root can give a file away.
  if Process.euid.zero?
    def test_the_file_of_another_user_is_not_believed
      tell
      File.chown(65_534, nil, FILE.to_s)
      assert_nil Signalbox::DevelopmentGateway.port
      assert_match(/it is no file of this process's user/, @log.string)
    end
  end
end
