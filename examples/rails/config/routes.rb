Rails.application.routes.draw do
  root to: redirect("/rooms/1", status: 302)

  resource :session, only: %i[new create destroy]
  resources :rooms, only: :show, constraints: { id: /[1-9]\d{0,8}/ }
  resource :thing, only: %i[show update]
  resources :notifications, only: :create

  get "up" => "rails/health#show", as: :rails_health_check
end
