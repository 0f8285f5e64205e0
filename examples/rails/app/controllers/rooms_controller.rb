class RoomsController < ApplicationController
  def show
    @room_id = Integer(params[:id], 10)
    @messages = Message.recent(@room_id)
  end
end
