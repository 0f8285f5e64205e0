Rails.application.routes.draw do
  root to: redirect("/rooms/1", status: 302)

  resource :session, only: %i[new create destroy]
  resources :rooms, only: :show, constraints: { id: /[1-9]\d{0,8}/ } do
    resources :messages, only: :create, constraints: { room_id: /[1-9]\d{0,8}/ }
  end
  resource :thing, only: %i[show update]
  resources :notifications, only: :create

  get "up", to: ->(_env) { [ 200, { "content-type" => "text/plain" }, [ "ok" ] ] }
end
