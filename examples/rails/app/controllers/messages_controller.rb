class MessagesController < ApplicationController
  def create
    message = current_user.messages.new(room_id: params[:room_id], body: params[:body])
    return respond_ok if message.save

    render plain: message.errors.full_messages.to_sentence, status: 422
  end
end
