package dev.devca.examples.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.IssuedCertificate;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Netty takes the key and the chain as they are. */
@Timeout(60)
@LocalTls
class NettyTest {
  private static final class Hello extends SimpleChannelInboundHandler<FullHttpRequest> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
      context
          .writeAndFlush(
              new DefaultFullHttpResponse(
                  HttpVersion.HTTP_1_1,
                  HttpResponseStatus.OK,
                  Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII)))
          .addListener(ChannelFutureListener.CLOSE);
    }
  }

  private static ChannelInitializer<SocketChannel> pipeline(SslContext tls) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        channel
            .pipeline()
            .addLast(
                tls.newHandler(channel.alloc()),
                new HttpServerCodec(),
                new HttpObjectAggregator(1024),
                new Hello());
      }
    };
  }

  @Test
  void get_fromNetty_isTrusted(IssuedCertificate leaf, @LocalTls.Client SSLContext client)
      throws Exception {
    // @start region="netty"
    SslContext tls = SslContextBuilder.forServer(leaf.privateKey(), leaf.chain()).build();
    // @end
    EventLoopGroup threads = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      Channel server =
          new ServerBootstrap()
              .group(threads)
              .channel(NioServerSocketChannel.class)
              .childHandler(pipeline(tls))
              .bind("localhost", 0)
              .sync()
              .channel();
      HttpClient java = HttpClient.newBuilder().sslContext(client).build();
      int port = ((InetSocketAddress) server.localAddress()).getPort();
      assertThat(Get.text(java, port)).isEqualTo("hello");
    } finally {
      threads.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
    }
  }
}
