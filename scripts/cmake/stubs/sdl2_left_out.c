/* What SDL's window and event code refers to although a page never gets there; see Sdl2.cmake. Nothing may be missing
   here: Emscripten would take a function of the same name from its JavaScript version of SDL 1, without a word. */
#include <SDL.h>

/* Functions of OpenGL by name: Dear ImGui's backend calls them directly. */
void (*eglGetProcAddress(const char* name))(void) {
    (void)name;
    return NULL;
}

/* Copying between pixel surfaces: there are none, and no cursor made of one. */
int SDL_CalculateBlit(SDL_Surface* surface) {
    (void)surface;
    return SDL_Unsupported();
}
int SDL_RLESurface(SDL_Surface* surface) {
    (void)surface;
    return SDL_Unsupported();
}
void SDL_UnRLESurface(SDL_Surface* surface, int recode) {
    (void)surface;
    (void)recode;
}

/* Gamepads: Dear ImGui's backend asks for them only when it is told to. */
int SDL_NumJoysticks(void) { return 0; }
SDL_bool SDL_IsGameController(int index) {
    (void)index;
    return SDL_FALSE;
}
SDL_GameController* SDL_GameControllerOpen(int index) {
    (void)index;
    return NULL;
}
void SDL_GameControllerClose(SDL_GameController* gamepad) { (void)gamepad; }
Sint16 SDL_GameControllerGetAxis(SDL_GameController* gamepad, SDL_GameControllerAxis axis) {
    (void)gamepad;
    (void)axis;
    return 0;
}
Uint8 SDL_GameControllerGetButton(SDL_GameController* gamepad, SDL_GameControllerButton button) {
    (void)gamepad;
    (void)button;
    return 0;
}
